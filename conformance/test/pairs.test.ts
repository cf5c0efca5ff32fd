import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useHost } from '../src/harness.ts'
import { judge } from '../src/judge.ts'
import { findNames, missingFiles, pairOf, readExpected } from '../src/pairs.ts'
import { spellings } from '../src/spellings.ts'

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

// Async functions lose their scopes there: `npm run conformance -- --host web` tells where.
describe('without AsyncLocalStorage, by generators', () => {
  beforeAll(() => useHost('web'))
  afterAll(() => useHost('node'))

  const rooms = new Set(names.map((name) => name.slice(0, name.indexOf('/'))))
  it.each([...rooms])('%s', async (room) => {
    const differing: string[] = []
    for (const name of names.filter((name) => name.startsWith(`${room}/`))) {
      const { verdict, report } = await judge(pairOf(name), 'generator', expected.get(name))
      if (verdict === 'failed') differing.push(`${name}: ${report.join('\n')}`)
    }
    expect(differing).toEqual([])
  })
})
