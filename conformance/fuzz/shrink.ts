import type { Block, Program, Statement, Try } from './program.ts'

/** The index of the first of these programs that still shows what is looked for; -1 if none does. */
export type FindFirst = (programs: readonly Program[]) => Promise<number>

/** Drops parts of `program` for as long as `findFirst` finds one among what is left. */
export async function shrink(program: Program, findFirst: FindFirst): Promise<Program> {
  let smallest = program
  for (;;) {
    const candidates = [...smallerPrograms(smallest)]
    const index = await findFirst(candidates)
    const found = candidates[index]
    if (found === undefined) return smallest
    smallest = found
  }
}

/** Every program with one part less, those that lose most first. */
function* smallerPrograms(program: Program): Generator<Program> {
  const { defs } = program
  for (const [index, def] of defs.entries()) {
    if (def.length > 0) yield { ...program, defs: defs.with(index, []) }
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

/** What a statement can be replaced by in its own block. */
function innerBlocks(statement: Statement): Block[] {
  if (statement[0] === 'try')
    return statement[3] === null ? [statement[1]] : [statement[1], statement[3]]
  return statement[0] === 'repeat' ? [statement[2]] : []
}

/** Only these hold blocks. */
function* smallerStatements(statement: Statement): Generator<Statement> {
  if (statement[0] === 'try') yield* smallerTries(statement)
  else if (statement[0] === 'repeat') {
    for (const block of smallerBlocks(statement[2])) yield ['repeat', statement[1], block]
  } else if (statement[0] === 'callLater') {
    for (const block of smallerBlocks(statement[2])) yield ['callLater', statement[1], block]
  } else if (statement[0] === 'callSoon') {
    for (const block of smallerBlocks(statement[1])) yield ['callSoon', block]
  } else if (statement[0] === 'addCallback') {
    const [kind, target, index, action] = statement
    for (const block of smallerBlocks(action)) yield [kind, target, index, block]
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
