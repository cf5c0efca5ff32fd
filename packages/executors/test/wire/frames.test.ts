import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { FramedSocket } from '../../src/wire/framed-socket.ts'
import { FrameReader, frame } from '../../src/wire/frames.ts'

function bytesOf(message: unknown, room = 100): Buffer {
  const target = Buffer.alloc(room)
  const framed = frame(message, target)
  return typeof framed === 'number'
    ? Buffer.from(target.subarray(0, framed))
    : Buffer.concat([...framed])
}

function unreadable(error: unknown): never {
  throw error
}

const messages: unknown[] = [
  [[1, 'é€😀', null, { a: [] }], null],
  [new Map([[1, undefined]]), 1n],
  ['a'.repeat(500)],
  new Uint8Array(300).fill(7),
  0,
  [],
]

describe('frames', () => {
  test('come back as they were, in whatever pieces they come', () => {
    const whole = Buffer.concat(messages.map((message) => bytesOf(message)))
    for (const size of [1, 2, 3, 4, 5, 6, 7, 64, 250, whole.length]) {
      const got: unknown[] = []
      const reader = new FrameReader((message) => got.push(message), unreadable)
      for (let index = 0; index < whole.length; index += size) {
        const piece = Buffer.from(whole.subarray(index, index + size))
        reader.take(piece)
        // The piece is somebody else's from here on.
        piece.fill(0xff)
      }
      expect(got).toEqual(messages)
    }
  })

  test('give each array of bytes memory of its own', () => {
    const buffer = new ArrayBuffer(8)
    const views = [
      new Uint8Array([1, 2, 3]),
      new Float64Array([1.5]),
      new DataView(buffer, 2, 4),
      Buffer.from('hi'),
      buffer,
    ]
    let got: typeof views = []
    new FrameReader((message) => (got = message as typeof views), unreadable).take(
      bytesOf(views, 10_000),
    )
    expect(got).toEqual(views)
    expect((got as ArrayBufferView[]).slice(0, 3).map((view) => view.buffer.byteLength)).toEqual([
      3, 8, 4,
    ])
    expect(Buffer.isBuffer(got[3])).toBe(true)
  })
})

test('what is no message is told, and the next one read', () => {
  const got: unknown[] = []
  const reader = new FrameReader(
    (message) => got.push(message),
    (error) => got.push((error as Error).name),
  )
  reader.take(Buffer.concat([Buffer.of(2, 0, 0, 0, 0, 64, 64), bytesOf('next')]))
  expect(got).toEqual(['SyntaxError', 'next'])
})

test('a socket that is full keeps the order, and says when all is sent', async () => {
  // It reads nothing for a while, then gives everything back.
  const echo = `const { Socket } = require('node:net')
const socket = new Socket({ fd: 3 })
setTimeout(() => socket.on('data', (bytes) => socket.write(bytes)), 300)`
  const child = spawn(process.execPath, ['--eval', echo], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const line = new FramedSocket(child.stdio[3] as Socket)
  const got: unknown[] = []
  const done = new Promise<void>((resolve) => {
    line.onMessage = (message) => {
      got.push(message)
      if (message === 'last') resolve()
    }
  })
  const sent: unknown[] = []
  let wasFull = false
  for (let index = 0; index < 500; index++) {
    sent.push([index, 'x'.repeat((index * 37) % 5_000)])
    if (index % 100 === 0) sent.push([index, 'y'.repeat(200_000)])
  }
  sent.push('last')
  for (const message of sent) {
    line.post(message)
    wasFull ||= !line.isSent
  }
  await done
  expect(wasFull).toBe(true)
  expect(line.isSent).toBe(true)
  expect(got).toEqual(sent)
  const ended = new Promise<void>((resolve) => (line.onEnd = resolve))
  child.kill()
  await Promise.all([ended, once(child, 'exit')])
  line.post('nobody hears that')
}, 60_000)
