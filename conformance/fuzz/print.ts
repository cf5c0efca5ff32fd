import type { Trace } from '../src/trace.ts'
import type { Block, Program, Statement } from './program.ts'

/** A program as lines to read: one for each statement. */
export function printProgram(program: Program): string[] {
  return program.defs.flatMap((block, index) =>
    block.length === 0 && index > 0
      ? []
      : [`d${index}${index === 0 ? ' (main)' : ''}:`, ...printBlock(block)],
  )
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
  const words: string[] = []
  const lines: string[] = []
  for (const part of statement) {
    if (Array.isArray(part)) lines.push(...printBlock(part as Block))
    else if (part !== null && part !== false) words.push(part === true ? 'forced' : String(part))
  }
  return [words.join(' '), ...lines]
}
