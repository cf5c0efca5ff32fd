import type { Case } from '../lib/case.ts'
import { smallGets } from './small-gets.ts'

export const cases: readonly Case[] = [smallGets]
