import { expect, test } from 'vitest'
import { Buffers } from '../../src/transfer/buffers.ts'

const KIB = 1024

test('what was given back is used again, for what fits into it', () => {
  const buffers = new Buffers()
  const first = buffers.take(100_000)
  expect(first.length).toBe(128 * KIB)
  expect(buffers.take(100_000)).not.toBe(first)
  buffers.giveBack(first)
  expect(buffers.take(60_000)).not.toBe(first)
  expect(buffers.take(128 * KIB)).toBe(first)
  const large = buffers.takeLarge()
  buffers.giveBack(large)
  expect(buffers.take(300 * KIB)).toBe(large)
})

test.each([0, 5, 16 * KIB - 1, 512 * KIB + 1])('%d bytes are nothing to keep', (bytes) => {
  const buffers = new Buffers()
  const buffer = buffers.take(bytes)
  expect(buffer.length).toBe(bytes)
  buffers.giveBack(buffer)
  expect(buffers.take(bytes).length).toBe(bytes)
})

test('no more than 4 MiB are kept', () => {
  const buffers = new Buffers()
  const taken = Array.from({ length: 20 }, () => buffers.takeLarge())
  for (const buffer of taken) buffers.giveBack(buffer)
  const again = new Set(Array.from({ length: 20 }, () => buffers.takeLarge()))
  expect(taken.filter((buffer) => again.has(buffer))).toHaveLength(8)
})
