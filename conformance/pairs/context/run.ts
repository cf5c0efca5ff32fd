// `Context.run` works on that context alone, gives the result back and cannot be entered twice.

import { Context, ContextVar, copyContext } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

export const main = program(async () => {
  name.set('main')
  const context = copyContext()
  const empty = new Context()

  const inside = (value: string) => {
    log('before', name.get())
    name.set(value)
    log('after', name.get())
    return value + value
  }

  log(context.run(inside, 'one'))
  log(empty.run(inside, 'two'))
  log('main', name.get(), context.get(name), empty.get(name))

  const again = () => {
    try {
      context.run(inside, 'three')
    } catch (error) {
      log('entered twice', error)
    }
    return context.copy().run(() => name.get())
  }

  log(context.run(again))

  const failing = () => {
    name.set('failed')
    throw new RangeError('inside')
  }

  try {
    context.run(failing)
  } catch (error) {
    log(error, context.get(name), name.get())
  }
})
