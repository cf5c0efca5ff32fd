import { Transfer, worker } from 'workerpool'
import { add, fib, mark } from './plain.ts'

const giveBack = (buffer: ArrayBuffer): unknown => new Transfer(mark(buffer), [buffer])

worker({ add, fib, giveBack })
