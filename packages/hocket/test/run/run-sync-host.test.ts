import { runSync } from 'hocket'
import { expect, test } from 'vitest'

test('runSync names what needs the host, not what its clean-up then ran into', () => {
  expect(() => runSync(async () => 1)).toThrow("runSync() can't run an async function")
})
