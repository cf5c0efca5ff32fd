// A token brings the value before its `set` back, once, for its own variable, in its own context.

import { ContextVar, copyContext } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })
const other = new ContextVar<string>('other')

export const main = program(async () => {
  const first = name.set('first')
  const second = name.set('second')
  name.reset(second)
  log(name.get())
  name.reset(first)
  log(name.get())
  const unset = other.set('set')
  other.reset(unset)
  log(other.get('unset again'))

  const foreign = other.set('again')
  const stranger = copyContext().run(() => name.set('elsewhere'))
  const fresh = name.set('fresh')
  for (const [which, token] of [
    ['used', first],
    ['of other variable', foreign as never],
    ['of other context', stranger],
  ] as const) {
    try {
      name.reset(token)
    } catch (error) {
      log(which, error)
    }
  }
  log(name.get())
  name.reset(fresh)
  log(name.get())
})
