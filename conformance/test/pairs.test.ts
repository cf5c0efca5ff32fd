import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useHost } from '../src/harness.ts'
import { judge } from '../src/judge.ts'
import { findNames, missingFiles, pairOf, readExpected } from '../src/pairs.ts'
import { type PairSpelling, spellings } from '../src/spellings.ts'

const expected = readExpected()
const names = findNames()

describe('pairs', () => {
  it('have a Python program, a TypeScript program and a trace each', () => {
    expect(names.length).toBeGreaterThanOrEqual(250)
    expect(names.flatMap((name) => missingFiles(pairOf(name)))).toEqual([])
  })

  it('are what the marks in expected.json are about', () => {
    expect([...expected.keys()].filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('trace of', () => {
  for (const name of names) {
    const mark = expected.get(name)
    for (const spelling of spellings) {
      it(`${name} (${spelling})`, async () => {
        const { verdict, report } = await judge(pairOf(name), spelling, mark)
        expect(report.join('\n')).toBe(mark ?? '')
        expect(verdict).toBe(mark === undefined ? 'passed' : 'later')
      })
    }
  }
})

const rooms = new Set(names.map((name) => name.slice(0, name.indexOf('/'))))

async function differences(room: string, spelling: PairSpelling): Promise<string[]> {
  const found: string[] = []
  for (const name of names.filter((name) => name.startsWith(`${room}/`))) {
    const { verdict, report } = await judge(pairOf(name), spelling, expected.get(name))
    if (verdict === 'failed') found.push(`${name}: ${report.join('\n')}`)
  }
  return found
}

describe('with microtasks around every await, all of', () => {
  it.each([...rooms])('%s', async (room) => {
    expect(await differences(room, 'hopping')).toEqual([])
  })
})

// Async code that awaits a promise which is not Hocket's leaves its task there: a nested run is one.
const foreign = ['notes/nested-run']

describe.each(['async', 'generator'] as const)(
  'without AsyncLocalStorage, %s, all of',
  (spelling) => {
    beforeAll(() => useHost('web'))
    afterAll(() => useHost('node'))

    it.each([...rooms])('%s', async (room) => {
      const found = await differences(room, spelling)
      expect(found.filter((text) => !foreign.some((name) => text.startsWith(name)))).toEqual([])
    })
  },
)
