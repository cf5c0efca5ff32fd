import { files } from 'virtual:doc-examples'
import { describe, expect, test } from 'vitest'

declare global {
  var __reachedExpectations: Set<number>
}

for (const { path, examples } of files) {
  describe(`${path}`, () => {
    test.for(examples)('line $line', async ({ load }) => {
      globalThis.__reachedExpectations = new Set()
      const { __expectations: expectations } = await load()
      expect(globalThis.__reachedExpectations.size, 'expectations reached').toBe(expectations)
    })
  })
}
