// Operands, arguments and elements that await are evaluated from left to right.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const item = coroutine(async <T>(value: T, delay: number) => {
  log('start', value)
  await sleep(delay)
  log('end', value)
  return value
}) as <T>(value: T, delay: number) => PromiseLike<T>

const add = (...values: number[]) => {
  log('add', values)
  return values.reduce((sum, value) => sum + value, 0)
}

export const main = program(async () => {
  log(add(await item(1, 2), await item(2, 1), 3))
  log([await item(4, 1), ...[await item(5, 0)]])
  log((await item(true, 0)) ? await item(6, 0) : await item(7, 0))
  log((await item(0, 0)) || (await item(8, 0)))
  log({ key: await item(9, 0) }, `${await item(10, 0)}`)
})
