import type { Suspension } from 'hocket'
import type { Case } from '../lib/case.ts'

// A resume must cost the same however deep in calls the task is suspended. With plain `yield*` each
// resume passes through every generator on the way down, so a hundred levels cost fifty times one.
//
// 100 tasks are suspended at the given depth and are resumed 1,000 times each. The clock runs only
// while all of them are at the bottom: the way down and the way back are not in the figure. Both
// contenders run the same code; only the depth differs.
const TASKS = 100
const RESUMES = 1000

const atDepth = (depth: number) => async () => {
  const { coroutine, createTask, run, sleep } = await import('hocket')
  const down = coroutine(function* (levels: number): Generator<Suspension, void> {
    if (levels > 1) {
      yield* down(levels - 1)
      return
    }
    // Two more than are measured at each end.
    for (let i = 0; i < RESUMES + 4; i++) yield* sleep(0)
  })
  const main = coroutine(function* () {
    const tasks = []
    for (let i = 0; i < TASKS; i++) tasks.push(createTask(down(depth)))
    yield* sleep(0)
    yield* sleep(0)
    const start = performance.now()
    // One turn of this task is one resume of every other.
    for (let i = 0; i < RESUMES; i++) yield* sleep(0)
    const ns = (performance.now() - start) * 1e6
    for (const task of tasks) yield* task
    return ns / (RESUMES * (TASKS + 1))
  })
  return () => run(main())
}

export const callDepth: Case = {
  name: 'call-depth',
  processes: 3,
  rounds: 25,
  warmUpMs: 300,
  rows: [
    {
      case: 'resume at call depth 100',
      unit: 'ns per resume',
      hocket: 'depth 100',
      peer: 'depth 1',
      bar: 1 / 1.5,
    },
  ],
  contenders: {
    'depth 1': { prepare: atDepth(1) },
    'depth 100': { prepare: atDepth(100) },
  },
}
