// A child with a group of its own: its errors come out nested, and an error beside it cancels it with its children.

import { CancelledError, coroutine, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leaf = coroutine(async (name: string, delay: number, fails = false) => {
  try {
    await sleep(delay)
    if (fails) throw new RangeError()
    log(name, 'ends')
  } catch (error) {
    if (error instanceof CancelledError) log(name, 'cancelled')
    throw error
  }
})

const branch = coroutine(async (name: string, delay: number, fails: boolean) => {
  await taskGroup(async (group) => {
    group.createTask(leaf(`${name}1`, delay, fails))
    group.createTask(leaf(`${name}2`, delay + 2))
  })
})

export const main = program(async () => {
  for (const fails of [true, false]) {
    try {
      await taskGroup(async (group) => {
        group.createTask(branch('a', 10, fails))
        group.createTask(branch('b', 15, false))
        group.createTask(leaf('c', 13.5, !fails))
      })
    } catch (error) {
      log(error)
    }
  }
})
