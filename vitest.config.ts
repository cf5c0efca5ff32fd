import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import docs from './vitest.docs.ts'

const projects = {
  hocket: 'packages/hocket',
  testing: 'packages/testing',
  executors: 'packages/executors',
  http: 'packages/http',
  download: 'packages/download',
  cli: 'packages/cli',
  conformance: 'conformance',
  gallery: 'examples/gallery',
  'executors-example': 'examples/executors',
  tools: 'tools',
}

export default defineConfig({
  // Tests run the sources: no build has to come first.
  ssr: { resolve: { conditions: ['@hocket/source', ...defaultServerConditions] } },
  test: {
    // A guard against hanging, not a measure: on a busy machine loading the sources alone takes seconds.
    testTimeout: 30_000,
    projects: [
      ...Object.entries(projects).map(([name, root]) => ({
        extends: true as const,
        test: { name, root, include: ['test/**/*.test.ts'] },
      })),
      docs,
    ],
  },
})
