/**
 * Counts a run of vitest from its JSON report. What went wrong outside a test (a file that did not
 * load, an unhandled error, no test at all, no report) counts as one failure each, so that
 * "0 failed" is never printed under a run that failed.
 */
export function countTests(report, exitCode) {
  const counts = { passed: 0, failed: 0, skipped: 0, remarks: [] }
  for (const file of report?.testResults ?? []) {
    let failedInFile = 0
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status === 'failed') failedInFile++
      else counts.skipped++
    }
    if (file.status === 'failed' && failedInFile === 0) failedInFile = 1
    counts.failed += failedInFile
  }
  if (report === null) {
    counts.failed++
    counts.remarks.push(`The test runner left no report (exit code ${exitCode}).`)
  } else if (counts.passed + counts.failed === 0) {
    counts.failed++
    counts.remarks.push('No test ran.')
  } else if (exitCode !== 0 && counts.failed === 0) {
    counts.failed++
    counts.remarks.push(`The test runner failed outside the tests (exit code ${exitCode}).`)
  }
  return counts
}

/** The closing line: `N passed, N failed`, and the skipped ones where there are any. */
export function summary({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
