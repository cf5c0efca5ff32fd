import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const parent = fileURLToPath(new URL('fixtures/parent.mjs', import.meta.url))

function start(...args: string[]) {
  const child = spawn(process.execPath, [parent, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}

const exitCode = async (child: ChildProcess) => (await once(child, 'close'))[0]

test('the exit code is handed on', async () => {
  expect(await exitCode(start('exit', '3').child)).toBe(3)
})

test.skipIf(process.platform === 'win32')('a death by signal gives 128 + its number', async () => {
  expect(await exitCode(start('die', 'SIGKILL').child)).toBe(137)
})

test.skipIf(process.platform === 'win32')(
  'the same signal twice in a row reaches the program once, another one as well',
  async () => {
    const { child, lines } = start()
    expect((await lines.next()).value).toBe('ready')
    child.kill('SIGINT')
    expect((await lines.next()).value).toBe('interrupted')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect((await lines.next()).value).toBe('interrupts: 1')
    expect(await exitCode(child)).toBe(7)
  },
)
