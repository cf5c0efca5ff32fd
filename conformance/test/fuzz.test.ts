import { beforeAll, describe, expect, it } from 'vitest'
import { differences } from '../fuzz/check.ts'
import { type Entry, readCorpus } from '../fuzz/corpus.ts'
import { core } from '../fuzz/generate/core.ts'
import { families, generate } from '../fuzz/generate/generate.ts'
import { type Block, blocksOf, FUEL, type Kind, type Program } from '../fuzz/language/program.ts'
import { playProgram } from '../fuzz/play/play.ts'
import { printProgram } from '../fuzz/print.ts'
import { shrink } from '../fuzz/shrink.ts'
import { spellings } from '../src/spellings.ts'
import type { Line, Trace } from '../src/trace.ts'

let corpus: Entry[]
beforeAll(() => {
  corpus = readCorpus()
})

function kindsOf(block: Block): Kind[] {
  return block.flatMap((statement) => [statement[0], ...blocksOf(statement).flatMap(kindsOf)])
}

function countKinds({ defs }: Program): Map<Kind, number> {
  const counts = new Map<Kind, number>()
  for (const kind of defs.flatMap(kindsOf)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

describe('the corpus', () => {
  it('has three thousand programs, with every kind of statement and of end', () => {
    expect(corpus).toHaveLength(3000)
    const kinds = new Set(corpus.flatMap(({ program }) => [...countKinds(program).keys()]))
    const all = [core, ...families].flatMap(({ recipes }) => Object.keys(recipes))
    expect([...kinds].sort()).toEqual([...all, 'rethrow'].sort())
    const ends = new Set(corpus.map(({ trace }) => trace.outcome.replaceAll(/: [^,]*/g, '')))
    const usual = ['cancelled', 'deadlock', 'error', 'result', 'result, then deadlock']
    expect(usual.filter((end) => !ends.has(end))).toEqual([])
  })

  it('has what is rare', () => {
    const texts = corpus.flatMap(({ trace }) => trace.lines.map(([, , text]) => text))
    const rare = [
      /caught CancelledError r\d/,
      /caught CancelledError e\d/,
      /caught RuntimeError/,
      /caught InvalidStateError/,
      /callback \d+ error CancelledError e\d/,
      /removed callback \d+ [1-9]/,
      /uncancel t\d+ [1-9]/,
      /awaited h\d/,
      /does not await t\d/,
      /read t\d+ fails CancelledError r\d/,
      /read [tf]\d+ (Boom|Bang) e\d/,
      /in none/,
      /handler callback Boom/,
      /handler callback CancelledError/,
      /handler callback InvalidStateError/,
      /handler shutdown Boom/,
      /[xy] [1-9]/,
      /release (lock|condition) \d fails RuntimeError/,
      /release bounded \d fails ValueError/,
      /notify condition \d fails RuntimeError/,
      /passed condition \d (true|[1-9])/,
      /passed barrier \d [12]/,
      /caught BrokenBarrierError/,
      /look barrier \d \d 0 true/,
      /(put into|take from) queue \d fails QueueShutDown/,
      /caught QueueShutDown/,
      /put into queue \d fails QueueFull/,
      /done with queue \d fails ValueError/,
      /joined queue/,
      /gather \[.*Boom e\d/,
      /gather \[.*CancelledError/,
      /wait done [tf]\d.* pending [tf]\d/,
      /wait done {2}pending [tf]\d/,
      /shield \d/,
      /waitFor \d/,
      /caught TimeoutError/,
      /completed TimeoutError/,
      /completed [tf]\d (result|error|cancelled)/,
      /left timeout \d true/,
      /reschedule timeout \d fails RuntimeError/,
      /caught ExceptionGroup\(.*,.*\)/,
      /caught ExceptionGroup\(.*ExceptionGroup\(/,
      /spawn in group \d fails RuntimeError/,
    ]
    expect(rare.filter((pattern) => !texts.some((text) => pattern.test(text)))).toEqual([])
  })

  it('is a fair mix of the families', () => {
    const used = corpus.map(({ program }) => countKinds(program))
    const counts = families.map(({ recipes }) => {
      const kinds = Object.keys(recipes) as Kind[]
      return used.filter((counts) => kinds.some((kind) => counts.has(kind))).length
    })
    expect(Math.min(...counts)).toBeGreaterThan(800)
  })

  it.each(spellings)(
    'gives the traces of CPython (%s)',
    async (spelling) => {
      const reports: string[] = []
      for (const { program, trace } of corpus) {
        const report = await differences(program, trace, spelling)
        if (report.length > 0) reports.push(`seed ${program.seed}`, ...report)
      }
      expect(reports.join('\n')).toBe('')
    },
    60_000,
  )
})

describe('a difference', () => {
  it.each<[string, (first: Line, second: Line) => Line[]]>([
    ['time', ([time, tick, text], second) => [[time + 1, tick, text], second]],
    ['iteration', ([time, tick, text], second) => [[time, Number(tick) + 1, text], second]],
    ['text', ([time, tick, text], second) => [[time, tick, `${text}!`], second]],
    ['order', (first, second) => [second, first]],
    ['a line less', (first) => [first]],
    ['a line more', (first, second) => [first, second, second]],
  ])('in %s is noticed', async (_what, change) => {
    const entries = corpus.filter(({ trace }) => trace.lines.length > 1).slice(0, 20)
    for (const { program, trace } of entries) {
      const [first, second, ...rest] = trace.lines as [Line, Line, ...Line[]]
      const broken: Trace = { ...trace, lines: [...change(first, second), ...rest] }
      expect(await differences(program, broken, 'generator')).not.toEqual([])
    }
    expect(entries).toHaveLength(20)
  })

  it('in the outcome is noticed', async () => {
    const { program, trace } = corpus[0] as Entry
    const broken: Trace = { ...trace, outcome: 'cancelled twice' }
    expect(await differences(program, broken, 'async')).toEqual([
      'CPython  cancelled twice',
      `Hocket   ${trace.outcome}`,
    ])
  })

  it('in a reason counts, unless CPython has lost it', async () => {
    const program: Program = {
      seed: 0,
      defs: [
        [
          [
            'try',
            [
              ['selfCancel', 'r1'],
              ['sleep', 0],
            ],
            ['any', []],
            null,
          ],
        ],
      ],
    }
    const traceOf = (error: string): Trace => ({
      lines: [
        [0, 1, '0 begins d0'],
        [0, 2, `0 caught ${error}`],
      ],
      outcome: 'result: none',
    })
    expect(await differences(program, traceOf('CancelledError r1'), 'async')).toEqual([])
    expect(await differences(program, traceOf('CancelledError'), 'async')).toEqual([])
    expect(await differences(program, traceOf('CancelledError r2'), 'async')).not.toEqual([])
    expect(await differences(program, traceOf('Boom'), 'async')).not.toEqual([])
  })
})

describe('generate', () => {
  it('makes the same program of the same seed, and another one of another', () => {
    expect(generate(7)).toEqual(generate(7))
    expect(generate(7).defs).not.toEqual(generate(8).defs)
  })

  it('calls later definitions only, so that every program ends', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { defs } = generate(seed)
      for (const [index, def] of defs.entries()) {
        const text = JSON.stringify(def)
        const called = [...text.matchAll(/\["(?:call|spawn|hold)",(\d+)\]/g)].map(
          (match) => match[1],
        )
        expect(called.filter((other) => Number(other) <= index)).toEqual([])
      }
    }
  })
})

describe('playProgram', () => {
  it('stops a program that has played enough', async () => {
    const program: Program = { seed: 0, defs: [[['repeat', FUEL, [['log', 1]]]]] }
    const { lines } = await playProgram(program, 'generator')
    expect(lines).toHaveLength(FUEL)
  })
})

describe('shrink', () => {
  it('leaves what shows the difference, and nothing else', async () => {
    const shows = (program: Program): boolean => {
      const counts = countKinds(program)
      return counts.has('uncancel') && counts.has('rethrow')
    }
    const seeds = Array.from({ length: 100 }, (_, seed) => seed)
    const program = seeds.map(generate).find(shows) as Program
    const smallest = await shrink(program, async (programs) => programs.findIndex(shows))
    const counts = countKinds(smallest)
    expect(counts.get('uncancel')).toBe(1)
    expect(counts.get('rethrow')).toBe(1)
    expect([...counts.values()].reduce((sum, count) => sum + count)).toBeLessThanOrEqual(8)
  })
})

describe('printProgram', () => {
  it('shows one statement a line, blocks indented', () => {
    const defs: Block[] = [
      [
        ['try', [['sleep', 1]], ['error', [['rethrow']]], [['cancel', 'task', 0, null]]],
        ['callLater', 5, [['setResult', 0, 2, true]]],
      ],
      [],
      [['return', 3]],
    ]
    expect(printProgram({ seed: 1, defs })).toEqual([
      'd0 (main):',
      '  try',
      '    sleep 1',
      '  catch error',
      '    rethrow',
      '  finally',
      '    cancel task 0 null',
      '  callLater 5',
      '    setResult 0 2 true',
      'd2:',
      '  return 3',
    ])
  })
})
