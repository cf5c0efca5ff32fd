import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const MINUTE = 60_000
const program = fileURLToPath(new URL('../fixtures/leave.ts', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly output: string
}

function start(kind: string, way: string): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(
    process.execPath,
    ['--conditions=@hocket/source', '--import', 'tsx', program, kind, way],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, VITEST: '', NODE_OPTIONS: '' } },
  )
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk))
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, output: output.trim() }))
  })
  return { child, ended }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

async function goneSoon(id: number): Promise<void> {
  while (isAlive(id)) await new Promise((resolve) => setTimeout(resolve, 20))
}

test.each(['thread', 'process'])(
  'a %s without calls keeps no program alive',
  async (kind) => {
    expect(await start(kind, 'idle').ended).toEqual({ code: 0, output: '2' })
  },
  MINUTE,
)

test.each(['thread', 'process'])(
  'a %s with calls does',
  async (kind) => {
    expect(await start(kind, 'finish').ended).toEqual({ code: 0, output: '50' })
  },
  MINUTE,
)

test(
  'threads end with their program',
  async () => {
    expect(await start('thread', 'exit').ended).toEqual({ code: 3, output: 'busy' })
  },
  MINUTE,
)

test.each([
  ['exit', 3],
  ['throw', 7],
])(
  'busy processes end with their program: %s',
  async (way, code) => {
    const ended = await start('process', way).ended
    expect(ended.output).toMatch(/^\d+$/)
    expect([code, 1]).toContain(ended.code)
    await goneSoon(Number(ended.output))
  },
  MINUTE,
)

test(
  'busy processes end when their program is killed',
  async () => {
    const { child, ended } = start('process', 'stay')
    const id = await new Promise<number>((resolve) => {
      child.stdout?.on('data', (chunk: Buffer) => resolve(Number(chunk.toString())))
    })
    expect(isAlive(id)).toBe(true)
    child.kill('SIGKILL')
    await ended
    await goneSoon(id)
  },
  MINUTE,
)
