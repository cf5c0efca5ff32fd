import { isCancelledError } from '../errors/errors.ts'

const LONGEST = 50
const added = new WeakMap<Error, number>()

/**
 * Notes in the error's stack that it has left the coroutine `name`. A resumed coroutine has no
 * caller on the native stack, so without this a trace would end at the driver.
 */
export function addToStack(error: unknown, name: string): void {
  if (name === '' || !(error instanceof Error) || isCancelledError(error)) return
  const count = added.get(error) ?? 0
  if (count > LONGEST) return
  added.set(error, count + 1)
  const line = count === LONGEST ? '… and further coroutines' : `at coroutine ${name}`
  // A frozen error keeps the stack it has.
  Reflect.set(error, 'stack', `${error.stack}\n    ${line}`)
}
