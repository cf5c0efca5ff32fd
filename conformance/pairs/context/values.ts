// Which variables a context has, and what `get` gives for one without a value.

import { ContextVar, copyContext } from 'hocket'
import { log, program } from '../../src/harness.ts'

const withDefault = new ContextVar<string>('with default', { default: 'default' })
const without = new ContextVar<string | null>('without')

export const main = program(async () => {
  log(withDefault.get(), withDefault.get('fallback'), without.get('fallback'))
  try {
    without.get()
  } catch (error) {
    log('no value', error)
  }
  const before = copyContext()
  without.set(null)
  withDefault.set('set')
  const after = copyContext()
  log(withDefault.get('fallback'), without.get('fallback'))
  log(before.has(withDefault), before.has(without), after.has(withDefault), after.has(without))
  log(before.get(withDefault), after.get(withDefault), after.get(without))
})
