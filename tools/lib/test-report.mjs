import { writeFileSync } from 'node:fs'
import { JsonReporter } from 'vitest/node'

/**
 * vitest's JSON report, written to the file that the environment names in HOCKET_TEST_REPORT. The
 * reporter of that name tells the reader where it has written; here the file is for us alone.
 *
 * vitest takes a reporter by the path of its module, and of that the default export.
 */
export default class TestReport extends JsonReporter {
  async writeReport(report) {
    writeFileSync(process.env.HOCKET_TEST_REPORT, report)
  }
}
