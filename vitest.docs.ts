import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { docExamples } from './tools/doc-examples/plugin.mjs'

/** The examples of doc comments and READMEs, each run as a test. */
export default defineConfig({
  plugins: [docExamples()],
  ssr: { resolve: { conditions: ['@hocket/source', ...defaultServerConditions] } },
  test: { name: 'docs', include: ['tools/doc-examples/*.test.ts'], testTimeout: 30_000 },
})
