import type { Statement } from '../language/program.ts'
import type { Family, Maker, Place } from './maker.ts'

/** Async generators. */
export const iteration: Family = {
  recipes: {
    produce: [9, 1, makeProduce],
    iterate: [
      9,
      0,
      (maker, place) => {
        const block = maker.nested(place)
        return block === null ? [] : [['iterate', maker.index(), maker.random.int(1, 4), block]]
      },
    ],
    nextOf: [9, 0, (maker) => [['nextOf', maker.index()]]],
    closeOf: [4, 0, (maker) => [['closeOf', maker.index()]]],
    throwInto: [
      3,
      0,
      (maker) => [['throwInto', maker.index(), maker.raised(), `e${maker.next()}`]],
    ],
  },
}

/** Its blocks are bodies, wherever it is made. */
function makeProduce(maker: Maker, place: Place): readonly Statement[] {
  const inside = { ...place, isAction: false }
  const block = maker.nested(inside)
  const last = maker.nested(inside)
  if (block === null || last === null) return []
  const { random } = maker
  return [['produce', block, random.int(0, 4), random.chance(0.3), random.chance(0.5) ? last : []]]
}
