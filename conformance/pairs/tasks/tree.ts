// A tree of tasks: every level starts one iteration after its parent.

import { type Coroutine, coroutine, createTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const node: (name: string, depth: number) => Coroutine<number> = coroutine(
  async (name: string, depth: number) => {
    log(name, 'start')
    if (depth === 0) return 1
    const left = createTask(node(`${name}l`, depth - 1))
    const right = createTask(node(`${name}r`, depth - 1))
    const total = (await left) + (await right)
    log(name, total)
    return total
  },
)

export const main = program(async () => {
  return await node('', 3)
})
