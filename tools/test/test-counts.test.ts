import { expect, test } from 'vitest'
import { countTests, summary } from '../lib/test-counts.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((status) => ({ status })),
})

test('counts single tests', () => {
  const report = {
    testResults: [
      file('passed', 'passed', 'passed', 'skipped'),
      file('failed', 'failed', 'passed'),
    ],
  }
  expect(summary(countTests(report, 1))).toBe('3 passed, 1 failed, 1 skipped')
})

test('a file that did not load is one failure', () => {
  const report = { testResults: [file('failed'), file('passed', 'passed')] }
  expect(summary(countTests(report, 1))).toBe('1 passed, 1 failed')
})

test('a file whose tests passed but which failed all the same is one failure', () => {
  expect(summary(countTests({ testResults: [file('failed', 'passed')] }, 1))).toBe(
    '1 passed, 1 failed',
  )
})

test('a failing exit without a failed test is one failure, with a remark', () => {
  const counts = countTests({ testResults: [file('passed', 'passed')] }, 1)
  expect(summary(counts)).toBe('1 passed, 1 failed')
  expect(counts.remarks).toEqual(['The test runner failed outside the tests (exit code 1).'])
})

test('no test at all and no report at all are failures', () => {
  expect(summary(countTests({ testResults: [] }, 0))).toBe('0 passed, 1 failed')
  expect(summary(countTests(null, 0))).toBe('0 passed, 1 failed')
})
