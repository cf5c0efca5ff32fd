import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { ProcessLink } from '../../src/pool/process-link.ts'

test('a process ends when the owner of its pool is gone, also if that was before it could look', async () => {
  // Somebody who is surely gone.
  const { pid } = spawnSync(process.execPath, ['--version'])
  const link = new ProcessLink({
    setup: {
      kind: 'process',
      name: 'orphan',
      owner: pid,
      callsAtOnce: 1,
      initializer: null,
      initargs: [],
    },
    env: undefined,
    resourceLimits: undefined,
    signal: new Int32Array(1),
  })
  const death = await new Promise((resolve) => {
    link.onDeath = resolve
  })
  expect(death).toEqual({ text: 'its process was ended by SIGKILL' })
}, 60_000)
