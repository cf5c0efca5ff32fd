import type { Statement } from '../language/program.ts'
import type { Family, Maker, Place } from './maker.ts'

/** Task groups and timeouts. */
export const scopes: Family = {
  recipes: {
    group: [10, 0, makeGroup],
    timeout: [10, 0, (maker, place) => makeTimeout('timeout', maker, place)],
    timeoutAt: [3, 0, (maker, place) => makeTimeout('timeoutAt', maker, place)],
    groupSpawn: [10, 5, (maker, place) => spawn(maker, place, maker.index())],
    reschedule: [3, 3, (maker) => [['reschedule', maker.index(), maker.limit(), maker.isForced()]]],
    lookTimeout: [2, 1, (maker) => [['lookTimeout', maker.index()]]],
  },
}

function makeGroup(maker: Maker, place: Place): readonly Statement[] {
  const block = maker.nested(place)
  if (block === null) return []
  const spawns = Array.from({ length: maker.random.int(0, 3) }, () => spawn(maker, place, 0)).flat()
  return [['group', [...spawns, ...block]]]
}

function spawn(maker: Maker, place: Place, index: number): readonly Statement[] {
  const def = maker.laterDef(place)
  return def === null ? [] : [['groupSpawn', index, def, maker.isForced()]]
}

function makeTimeout(
  kind: 'timeout' | 'timeoutAt',
  maker: Maker,
  place: Place,
): readonly Statement[] {
  const block = maker.nested(place)
  return block === null ? [] : [[kind, maker.limit(), block]]
}
