import { type Coroutine, type EventLoop, Runner } from 'hocket'
import { virtualLoop } from '../../src/harness.ts'
import type { Spelling } from '../../src/spellings.ts'
import { outcomeOf, Recorder, type Trace } from '../../src/trace.ts'
import type { Program } from '../language/program.ts'
import { Interpreter } from './interpreter.ts'
import { Speller } from './speller.ts'

// A program that is still busy after this long in real time can only be stuck.
const HANG_MS = 10_000

/** Plays a random program on a loop with virtual time and gives its trace. */
export async function playProgram(program: Program, spelling: Spelling): Promise<Trace> {
  let timer: ReturnType<typeof setTimeout> | undefined
  // Before the loop: what comes after it would hold its clock.
  const hang = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`still busy after ${HANG_MS} ms`), HANG_MS)
  })
  const loop = virtualLoop()
  const recorder = new Recorder(loop)
  const speller = new Speller(spelling, program.seed)
  const interpreter = new Interpreter(program, recorder, speller)
  loop.setExceptionHandler((_loop, context) => interpreter.report(context))
  const main = speller.source(interpreter.main)
  try {
    return { lines: recorder.lines, outcome: await Promise.race([outcomeOfRun(loop, main), hang]) }
  } finally {
    clearTimeout(timer)
  }
}

/** As `run` does it, but the end of the run has an outcome of its own. */
async function outcomeOfRun(loop: EventLoop, main: Coroutine<unknown>): Promise<string> {
  const runner = new Runner({ loopFactory: () => loop })
  const result = await outcomeOf(() => runner.run(main))
  const end = await outcomeOf(() => runner.close())
  return end === 'result: none' ? result : `${result}, then ${end}`
}
