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
    projects: [
      ...Object.entries(projects).map(([name, root]) => ({
        extends: true as const,
        test: { name, root, include: ['test/**/*.test.ts'] },
      })),
      docs,
    ],
  },
})
