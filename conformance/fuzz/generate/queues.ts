import type { Objects, Statement } from '../language/program.ts'
import type { QueueKind } from '../language/queues.ts'
import type { Family, Maker } from './maker.ts'
import type { Random } from './random.ts'

const kinds: readonly QueueKind[] = ['fifo', 'fifo', 'lifo', 'priority', 'ranked']

export const queues: Family = {
  objects: makeObjects,
  recipes: {
    put: [12, 0, (maker) => [put(maker, maker.index())]],
    take: [12, 0, makeTake],
    joinQueue: [3, 0, (maker) => [['joinQueue', maker.index()]]],
    putNowait: [3, 7, (maker) => [putNowait(maker, maker.index())]],
    takeNowait: [2, 4, (maker) => [['takeNowait', maker.index(), maker.isForced()]]],
    taskDone: [3, 5, (maker) => [['taskDone', maker.index(), maker.isForced()]]],
    shutdown: [0.7, 0.7, (maker) => [['shutdown', maker.index(), maker.random.chance(0.4)]]],
    lookQueue: [3, 3, (maker) => [['lookQueue', maker.index()]]],
  },
}

function makeObjects(random: Random): Objects {
  const make = (): readonly [QueueKind, number] => [random.pick(kinds), random.int(-1, 3)]
  return { queues: Array.from({ length: random.int(1, 2) }, make) }
}

function put(maker: Maker, index: number): Statement {
  return ['put', index, maker.random.int(0, 3), maker.next()]
}

function putNowait(maker: Maker, index: number): Statement {
  return ['putNowait', index, maker.random.int(0, 3), maker.next(), maker.isForced()]
}

/** Where nobody puts, nobody can take. */
function makeTake(maker: Maker): readonly Statement[] {
  const index = maker.index()
  const take: Statement = ['take', index]
  const done: Statement = ['taskDone', index, false]
  const statements = maker.random.chance(0.4) ? [take, done] : [take]
  return maker.random.chance(0.3)
    ? [maker.later(putNowait(maker, index)), ...statements]
    : statements
}
