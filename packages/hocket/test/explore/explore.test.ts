import { describe, expect, test } from 'vitest'
import { broken } from './broken.ts'
import { exploreAll, exploreScenario, failureOf, known, replays, scenarios } from './run.ts'

// `npm run explore` plays more of them.
const schedules = 150

const byPrimitive = [...new Set(scenarios.map(({ primitive }) => primitive))]

describe.each(byPrimitive)('%s', (primitive) => {
  const members = scenarios.filter((scenario) => scenario.primitive === primitive)
  test.each(members)('$promise', async (scenario) => {
    const { schedules: played } = await exploreScenario(scenario, { schedules })
    expect(played).toBeGreaterThan(50)
  })
})

for (const scenario of known) {
  test.fails(`not yet: ${scenario.primitive} ${scenario.promise}`, async () => {
    expect(await failureOf(scenario, { schedules })).toBe(null)
  })
}

describe('broken on purpose', () => {
  test.each(broken)('$promise is found, and its schedule replays', async (scenario) => {
    for (const strategy of ['mixed', 'random', 'priority', 'exhaustive'] as const) {
      const tried = { ...scenario, options: { ...scenario.options, strategy } }
      const failure = await failureOf(tried, { schedules: 5000 })
      if (failure === null) throw new Error(`${strategy} has not found it`)
      expect(failure.schedule.length).toBeLessThan(40)
      expect(await replays(scenario, failure)).toBe(true)
    }
  })
})

test('what is explored is shown, with what is found', async () => {
  const lines: string[] = []
  const violations = await exploreAll({ schedules: 60 }, 'lock', (line) => lines.push(line))
  expect(violations).toBe(0)
  expect(lines[0]).toMatch(/^primitive +scenarios +complete +schedules +violations$/)
  expect(lines).toContainEqual(expect.stringMatching(/^Lock +3 +0 +180 +0$/))
  expect(lines).toContainEqual(
    expect.stringMatching(/^broken on purpose: a lock .*: found by schedule \d+, replays as '/),
  )
})
