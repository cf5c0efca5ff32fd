import type { Caught, Handler, Target } from '../language/core.ts'
import type { Statement } from '../language/program.ts'
import { delays, type Family, type Make, type Maker, type Place } from './maker.ts'

const either: readonly Target[] = ['task', 'future']

/** Coroutines, tasks, futures, callbacks, context. */
export const core: Family = {
  recipes: {
    sleep: [14, 0, (maker) => [['sleep', maker.delay()]]],
    call: [8, 0, ofLaterDef('call')],
    await: [12, 0, (maker) => [['await', maker.target(), maker.index()]]],
    awaitSelf: [0.5, 0, () => [['awaitSelf']]],
    awaitHeld: [1, 0, (maker) => [['awaitHeld', maker.index()]]],
    try: [12, 0, makeTry],
    repeat: [
      2,
      0,
      (maker, place) => {
        const block = maker.nested(place)
        return block === null ? [] : [['repeat', maker.random.int(2, 4), block]]
      },
    ],
    return: [2, 0, (maker, place) => (isTop(place) ? [] : [['return', maker.next()]])],
    log: [8, 8, (maker) => [['log', maker.next()]]],
    who: [1, 1, () => [['who']]],
    spawn: [16, 2, ofLaterDef('spawn')],
    hold: [1, 0.5, ofLaterDef('hold')],
    spawnHeld: [0.7, 0.5, (maker) => [['spawnHeld', maker.index()]]],
    cancel: [8, 10, (maker) => [['cancel', maker.target(), maker.index(), maker.reason()]]],
    selfCancel: [2, 0, (maker) => [['selfCancel', maker.reason()]]],
    uncancel: [2, 1.5, (maker) => [['uncancel', maker.index()]]],
    look: [3, 2, (maker) => [['look', maker.target(), maker.index()]]],
    read: [
      2,
      2,
      (maker) => {
        const what = maker.random.pick(['result', 'exception'] as const)
        return [['read', maker.random.pick(either), maker.index(), what]]
      },
    ],
    raise: [
      2,
      1,
      (maker, place) => (isTop(place) ? [] : [['raise', maker.raised(), `e${maker.next()}`]]),
    ],
    future: [5, 1, makeFuture],
    setResult: [5, 6, (maker) => [settler(maker, false)]],
    setException: [2, 2, (maker) => [settler(maker, true)]],
    callSoon: [
      4,
      2,
      (maker, place) => {
        const action = maker.action(place)
        return action === null ? [] : [['callSoon', action]]
      },
    ],
    callLater: [
      5,
      2,
      (maker, place) => {
        const action = maker.action(place)
        return action === null ? [] : [['callLater', maker.random.pick([-1, ...delays]), action]]
      },
    ],
    cancelHandle: [2, 2, (maker) => [['cancelHandle', maker.index()]]],
    addCallback: [
      4,
      1,
      (maker, place) => {
        const action = maker.action(place)
        const target = maker.random.pick(either)
        return action === null ? [] : [['addCallback', target, maker.index(), action]]
      },
    ],
    addAgain: [1, 1, ofCallback('addAgain')],
    removeCallback: [1.5, 1, ofCallback('removeCallback')],
    set: [2, 2, (maker) => [['set', maker.random.int(0, 1), maker.next()]]],
    get: [2, 2, (maker) => [['get', maker.random.int(0, 1)]]],
  },
}

/** The main coroutine goes to its end, unless an error from elsewhere reaches it. */
function isTop({ def, depth }: Place): boolean {
  return def === 0 && depth === 0
}

function ofLaterDef(kind: 'call' | 'spawn' | 'hold'): Make {
  return (maker, place) => {
    const def = maker.laterDef(place)
    return def === null ? [] : [[kind, def]]
  }
}

function ofCallback(kind: 'addAgain' | 'removeCallback'): Make {
  return (maker) => [[kind, maker.random.pick(either), maker.index(), maker.index()]]
}

/** Most futures get a result some time, or most awaits of one would never end. */
function makeFuture(maker: Maker): readonly Statement[] {
  if (!maker.random.chance(0.6)) return [['future']]
  const settle = settler(maker, maker.random.chance(0.3))
  return [['future'], ['callLater', maker.delay(), [settle]]]
}

function settler(maker: Maker, isError: boolean): Statement {
  const isForced = maker.random.chance(0.1)
  if (!isError) return ['setResult', maker.index(), maker.next(), isForced]
  return ['setException', maker.index(), maker.raised(), `e${maker.next()}`, isForced]
}

function makeTry(maker: Maker, place: Place): readonly Statement[] {
  const { random } = maker
  const body = maker.nested(place)
  if (body === null) return []
  const hasHandler = random.chance(0.8)
  const handler = hasHandler ? makeHandler(maker, place) : null
  const hasFinally = !hasHandler || random.chance(0.35)
  return [['try', body, handler, hasFinally ? maker.nested(place) : null]]
}

function makeHandler(maker: Maker, place: Place): Handler {
  const caught = maker.random.pick<Caught>(['any', 'any', 'cancelled', 'error'])
  const block = maker.block(maker.random.int(0, 2), { ...place, depth: place.depth + 1 })
  return [caught, maker.random.chance(0.4) ? [...block, ['rethrow']] : block]
}
