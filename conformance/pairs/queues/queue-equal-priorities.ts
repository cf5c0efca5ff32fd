// Items of equal priority come out in the order of CPython's heap, which is not the order in which they were put.

import { PriorityQueue } from 'hocket'
import { log, program } from '../../src/harness.ts'

interface Job {
  priority: number
  name: string
}

export const main = program(async () => {
  const queue = new PriorityQueue<Job>(0, { compare: (a, b) => a.priority - b.priority })
  for (const [n, priority] of [3, 1, 2, 1, 3, 2, 1, 1, 2, 3, 1, 2].entries()) {
    queue.putNowait({ priority, name: `${priority}${String.fromCharCode(97 + n)}` })
  }
  const names: string[] = []
  while (!queue.empty()) {
    names.push(queue.getNowait().name)
    if (names.length === 4) queue.putNowait({ priority: 2, name: '2z' })
  }
  log(names)
})
