import type { Trace } from '../src/trace.ts'
import {
  type Block,
  blockPlaces,
  blocksOf,
  type Program,
  type Statement,
} from './language/program.ts'

/** A program as lines to read: one for each statement. */
export function printProgram(program: Program): string[] {
  const objects = Object.entries(program.objects ?? {}).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  )
  const defs = program.defs.flatMap((block, index) =>
    block.length === 0 && index > 0
      ? []
      : [`d${index}${index === 0 ? ' (main)' : ''}:`, ...printBlock(block)],
  )
  return [...objects, ...defs]
}

/** A trace as lines to read. */
export function printTrace(trace: Trace): string[] {
  return [
    ...trace.lines.map(([time, tick, text]) => `${time} ms, iteration ${tick}: ${text}`),
    trace.outcome,
  ]
}

function printBlock(block: Block): string[] {
  return block.flatMap(printStatement).map((line) => `  ${line}`)
}

function printStatement(statement: Statement): string[] {
  if (statement[0] === 'try') {
    const [, body, handler, last] = statement
    const lines = ['try', ...printBlock(body)]
    if (handler !== null) lines.push(`catch ${handler[0]}`, ...printBlock(handler[1]))
    if (last !== null) lines.push('finally', ...printBlock(last))
    return lines
  }
  const places = blockPlaces.get(statement[0]) ?? []
  const words = statement.filter((_, index) => !places.includes(index)).map(printPart)
  return [words.join(' '), ...blocksOf(statement).flatMap(printBlock)]
}

function printPart(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part)
}
