import type { Source } from './language/combine.ts'
import type { Try } from './language/core.ts'
import {
  type Block,
  blockPlaces,
  blocksOf,
  type Program,
  type Statement,
} from './language/program.ts'

// A Python is started for so many at once.
const BATCH = 30

/** The index of the first of these programs that still shows what is looked for; -1 if none does. */
export type FindFirst = (programs: readonly Program[]) => Promise<number>

/** Drops parts of `program` for as long as `findFirst` finds one among what is left. */
export async function shrink(program: Program, findFirst: FindFirst): Promise<Program> {
  let smallest = program
  for (;;) {
    const found = await firstOf([...smallerPrograms(smallest)], findFirst)
    if (found === undefined) return smallest
    smallest = found
  }
}

/** Few at a time: mostly it is one of the first. */
async function firstOf(
  candidates: readonly Program[],
  findFirst: FindFirst,
): Promise<Program | undefined> {
  for (let begin = 0; begin < candidates.length; begin += BATCH) {
    const batch = candidates.slice(begin, begin + BATCH)
    const found = batch[await findFirst(batch)]
    if (found !== undefined) return found
  }
  return undefined
}

/** Every program with one part less, those that lose most first. */
function* smallerPrograms(program: Program): Generator<Program> {
  const { defs } = program
  for (const [index, def] of defs.entries()) {
    if (def.length > 0) yield { ...program, defs: defs.with(index, []) }
  }
  const objects = Object.entries(program.objects ?? {})
  for (const index of objects.keys()) {
    yield { ...program, objects: Object.fromEntries(objects.toSpliced(index, 1)) }
  }
  for (const [index, def] of defs.entries()) {
    for (const block of smallerBlocks(def)) yield { ...program, defs: defs.with(index, block) }
  }
}

function* smallerBlocks(block: Block): Generator<Block> {
  const half = block.length >> 1
  if (half > 1) {
    yield block.slice(half)
    yield block.slice(0, half)
  }
  for (const [index, statement] of block.entries()) {
    yield block.toSpliced(index, 1)
    for (const inner of innerBlocks(statement)) yield block.toSpliced(index, 1, ...inner)
  }
  for (const [index, statement] of block.entries()) {
    for (const smaller of smallerStatements(statement)) yield block.with(index, smaller)
  }
}

/** Those whose block could stand in their place. */
const bodies = new Set(['repeat', 'with', 'group', 'timeout', 'timeoutAt', 'iterate'])

/** What a statement can be replaced by in its own block. */
function innerBlocks(statement: Statement): Block[] {
  if (statement[0] === 'try') {
    return statement[3] === null ? [statement[1]] : [statement[1], statement[3]]
  }
  return bodies.has(statement[0]) ? [...blocksOf(statement)] : []
}

function* smallerStatements(statement: Statement): Generator<Statement> {
  if (statement[0] === 'try') yield* smallerTries(statement)
  for (const place of blockPlaces.get(statement[0]) ?? []) {
    for (const smaller of smallerBlocks(statement[place] as unknown as Block)) {
      yield replacePart(statement, place, smaller)
    }
  }
  for (const [place, part] of statement.entries()) {
    for (const smaller of smallerSources(statement, part)) {
      yield replacePart(statement, place, smaller)
    }
  }
}

function replacePart(statement: Statement, place: number, part: unknown): Statement {
  return [...statement].with(place, part as never) as unknown as Statement
}

function* smallerSources([kind]: Statement, part: unknown): Generator<unknown> {
  if (!Array.isArray(part)) return
  if (kind === 'gather' || kind === 'asCompleted') yield* smallerLists(part as Source[])
  if (kind === 'wait') for (const place of part.keys()) yield part.toSpliced(place, 1)
  if (kind === 'shield' || kind === 'waitFor') yield* smallerSource(part as unknown as Source)
  if (kind !== 'keep') return
  // Only these are futures.
  for (const source of smallerSource(part as unknown as Source)) {
    if (source[0] === 'shield' || source[0] === 'gather') yield source
  }
}

function* smallerLists(sources: readonly Source[]): Generator<readonly Source[]> {
  for (const [place, source] of sources.entries()) {
    yield sources.toSpliced(place, 1)
    for (const smaller of smallerSource(source)) yield sources.with(place, smaller)
  }
}

function* smallerSource(source: Source): Generator<Source> {
  if (source[0] === 'shield') {
    yield source[1]
    for (const inner of smallerSource(source[1])) yield ['shield', inner]
  }
  if (source[0] === 'gather') {
    for (const sources of smallerLists(source[1])) yield ['gather', sources, source[2]]
  }
}

function* smallerTries([kind, body, handler, last]: Try): Generator<Statement> {
  if (handler !== null) yield [kind, body, null, last]
  if (last !== null) yield [kind, body, handler, null]
  for (const block of smallerBlocks(body)) yield [kind, block, handler, last]
  if (handler !== null) {
    for (const block of smallerBlocks(handler[1])) yield [kind, body, [handler[0], block], last]
  }
  if (last !== null) {
    for (const block of smallerBlocks(last)) yield [kind, body, handler, block]
  }
}
