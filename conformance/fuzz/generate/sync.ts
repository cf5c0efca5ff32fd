import type { Block, Objects, Statement } from '../language/program.ts'
import type { Lockable, Primitive } from '../language/sync.ts'
import type { Family, Make, Maker, Place } from './maker.ts'
import type { Random } from './random.ts'

/** Locks, semaphores, conditions, events, barriers. */
export const sync: Family = {
  objects: makeObjects,
  recipes: {
    acquire: [6, 0, makeAcquire],
    with: [20, 0, makeWith],
    waitCondition: [2, 0, ifSome('condition', (maker) => [['waitCondition', maker.index()]])],
    waitUntil: [1, 0, ifSome('condition', (maker) => [waitUntil(maker, maker.index())])],
    waitEvent: [5, 0, ifSome('event', makeWaitEvent)],
    waitBarrier: [9, 0, ifSome('barrier', (maker) => [['waitBarrier', maker.index()]])],
    resetBarrier: [1.5, 0, ifSome('barrier', (maker) => [['resetBarrier', maker.index()]])],
    abortBarrier: [0.7, 0, ifSome('barrier', (maker) => [['abortBarrier', maker.index()]])],
    release: [2, 5, makeRelease],
    notify: [2, 4, ifSome('condition', (maker) => [notify(maker, maker.index())])],
    count: [1.5, 3, ifSome('condition', (maker) => [['count', maker.index(), 1]])],
    setEvent: [4, 5, ifSome('event', (maker) => [['setEvent', maker.index()]])],
    clearEvent: [2, 2, ifSome('event', (maker) => [['clearEvent', maker.index()]])],
    lookSync: [4, 3, makeLook],
  },
}

const lockables: readonly Lockable[] = ['lock', 'semaphore', 'bounded', 'condition']
const primitives: readonly Primitive[] = [...lockables, 'event', 'barrier']
// What has more to it is drawn more often.
const drawn: readonly Primitive[] = [...primitives, 'lock', 'condition', 'condition']

/** Two or three sorts in one program: with more of them nothing meets. */
function makeObjects(random: Random): Objects {
  const chosen = new Set(Array.from({ length: random.int(1, 3) }, () => random.pick(drawn)))
  const many = (value: () => number): number[] => Array.from({ length: random.int(1, 2) }, value)
  const locks = chosen.has('lock') ? random.int(1, 2) : 0
  const lockOf = (): number | null =>
    locks > 0 && random.chance(0.4) ? random.int(0, locks - 1) : null
  return {
    ...(locks > 0 && { locks }),
    ...(chosen.has('semaphore') && { semaphores: many(() => random.int(0, 3)) }),
    ...(chosen.has('bounded') && { bounded: many(() => random.int(1, 3)) }),
    ...(chosen.has('condition') && { conditions: many(() => 0).map(lockOf) }),
    ...(chosen.has('event') && { events: random.int(1, 2) }),
    ...(chosen.has('barrier') && { barriers: many(() => random.pick([1, 2, 2, 2, 3, 3])) }),
  }
}

function ifSome(primitive: Primitive, make: Make): Make {
  return (maker, place) => (has(maker, primitive) ? make(maker, place) : [])
}

function has({ objects }: Maker, primitive: Primitive): boolean {
  const { locks, semaphores, bounded, conditions, events, barriers } = objects
  const made = {
    lock: locks,
    semaphore: semaphores,
    bounded,
    condition: conditions,
    event: events,
    barrier: barriers,
  }
  return made[primitive] !== undefined
}

function pick<P extends Primitive>(maker: Maker, among: readonly P[]): P | null {
  const present = among.filter((primitive) => has(maker, primitive))
  return present.length === 0 ? null : maker.random.pick(present)
}

/** Most of what is acquired is released some time. */
function makeAcquire(maker: Maker): readonly Statement[] {
  const kind = pick(maker, lockables)
  if (kind === null) return []
  const index = maker.index()
  const release: Statement = ['release', kind, index, maker.isForced()]
  const acquire: Statement = ['acquire', kind, index]
  if (maker.random.chance(0.2)) return [acquire]
  if (maker.random.chance(0.4)) return [acquire, maker.later(release)]
  return [acquire, ['sleep', maker.delay()], release]
}

function makeWith(maker: Maker, place: Place): readonly Statement[] {
  const kind = pick(maker, lockables)
  const index = maker.index()
  const nested = kind === null ? null : maker.nested(place)
  if (kind === null || nested === null) return []
  const block = kind === 'condition' ? withCondition(maker, index, nested) : nested
  return [['with', kind, index, block]]
}

/** A condition is of use to those who hold its lock. */
function withCondition(maker: Maker, index: number, nested: Block): Block {
  const sort = maker.random.int(0, 5)
  if (sort <= 1) return [waitUntil(maker, index), ...nested]
  if (sort === 2) return [['waitCondition', index], ...nested]
  if (sort <= 4) return [['count', index, 1], notify(maker, index), ...nested]
  return nested
}

function waitUntil(maker: Maker, index: number): Statement {
  return ['waitUntil', index, maker.random.pick([1, 1, 1, 2, 2, 3])]
}

function notify(maker: Maker, index: number): Statement {
  return ['notify', index, maker.random.pick([1, 1, 2, 'all', 'all'] as const), maker.isForced()]
}

function makeWaitEvent(maker: Maker): readonly Statement[] {
  const index = maker.index()
  const wait: Statement = ['waitEvent', index]
  return maker.random.chance(0.3) ? [maker.later(['setEvent', index]), wait] : [wait]
}

function makeRelease(maker: Maker): readonly Statement[] {
  const kind = pick(maker, lockables)
  return kind === null ? [] : [['release', kind, maker.index(), maker.isForced()]]
}

function makeLook(maker: Maker): readonly Statement[] {
  const kind = pick(maker, primitives)
  return kind === null ? [] : [['lookSync', kind, maker.index()]]
}
