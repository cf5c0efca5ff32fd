import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import TestReport from '../lib/test-report.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hocket-report-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('the report goes to the file that the environment names', async () => {
  const file = join(folder, 'report.json')
  vi.stubEnv('HOCKET_TEST_REPORT', file)
  await new TestReport({}).writeReport('{"testResults":[]}')
  expect(readFileSync(file, 'utf8')).toBe('{"testResults":[]}')
})
