import type { ReturnWhen, Source } from '../language/combine.ts'
import type { Family, Maker, Place } from './maker.ts'

const modes: readonly ReturnWhen[] = ['first', 'first', 'error', 'all']

/** gather, shield, wait, waitFor, asCompleted. */
export const combine: Family = {
  recipes: {
    gather: [8, 0, (maker, place) => [['gather', sources(maker, place), maker.random.chance(0.4)]]],
    shield: [4, 0, (maker, place) => [['shield', source(maker, place, 0)]]],
    waitFor: [8, 0, (maker, place) => [['waitFor', source(maker, place, 0), maker.limit()]]],
    wait: [
      6,
      0,
      (maker) => {
        const targets = Array.from(
          { length: maker.random.int(1, 4) },
          () => [maker.target(), maker.index()] as const,
        )
        return [['wait', targets, maker.limit(), maker.random.pick(modes)]]
      },
    ],
    asCompleted: [
      5,
      0,
      (maker, place) => {
        const way = maker.random.pick(['plain', 'async'] as const)
        return [['asCompleted', sources(maker, place), maker.limit(), way]]
      },
    ],
    keep: [
      4,
      2,
      (maker, place) => {
        if (maker.random.chance(0.3)) return [['keep', ['shield', source(maker, place, 1)]]]
        return [['keep', ['gather', sources(maker, place, 1), maker.random.chance(0.4)]]]
      },
    ],
  },
}

function sources(maker: Maker, place: Place, depth = 0): readonly Source[] {
  return Array.from({ length: maker.random.int(depth === 0 ? 0 : 1, 4) }, () =>
    source(maker, place, depth),
  )
}

function source(maker: Maker, place: Place, depth: number): Source {
  const { random } = maker
  if (depth < 2 && random.chance(0.15)) {
    if (random.chance(0.4)) return ['shield', source(maker, place, depth + 1)]
    return ['gather', sources(maker, place, depth + 1), random.chance(0.4)]
  }
  const def = maker.laterDef(place)
  if (def !== null && random.chance(0.5)) return ['call', def]
  return [maker.target(), maker.index()]
}
