import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { paintGallery } from '../src/server/pictures.ts'
import { type Colour, encodePng } from '../src/server/png.ts'

/** A PNG reader that knows what the specification says and nothing of our writer. */
function decodePng(file: Buffer): { width: number; height: number; pixels: number[][] } {
  expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const body = file.subarray(at + 4, at + 8 + length)
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') as Buffer
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  // 8 bits, true colour, deflate, adaptive filters, not interlaced.
  expect([...header.subarray(8)]).toEqual([8, 2, 0, 0, 0])
  const rows = inflateSync(chunks.get('IDAT') as Buffer)
  expect(rows.length).toBe(height * (1 + width * 3))
  const pixels: number[][] = []
  const filters = new Set<number | undefined>()
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (1 + width * 3), (y + 1) * (1 + width * 3))
    filters.add(row[0])
    const values = [...row.subarray(1)]
    for (let i = 3; i < values.length; i++) {
      values[i] = ((values[i] ?? 0) + (values[i - 3] ?? 0)) & 0xff
    }
    pixels.push(values)
  }
  // Sub: each byte is the difference to the pixel on its left.
  expect([...filters]).toEqual([1])
  return { width, height, pixels }
}

describe('encodePng', () => {
  test('keeps every pixel', () => {
    const colours: Colour[][] = [
      [
        [0, 0, 0],
        [1, 1, 1],
        [1, 0, 0],
      ],
      [
        [0.2, 0.4, 0.6],
        [-1, 2, 0.5],
        [0, 1, 0],
      ],
    ]
    const file = encodePng(3, 2, (x, y) => colours[y]?.[x] ?? [0, 0, 0])
    expect(decodePng(file)).toEqual({
      width: 3,
      height: 2,
      pixels: [
        [0, 0, 0, 255, 255, 255, 255, 0, 0],
        [51, 102, 153, 0, 255, 128, 0, 255, 0],
      ],
    })
  })
})

describe('paintGallery', () => {
  const gallery = paintGallery(6)

  test('gives valid pictures of different kinds, sizes and contents', () => {
    expect(gallery.map(({ name }) => name)).toEqual([
      'mandelbrot-01.png',
      'plasma-02.png',
      'julia-03.png',
      'sunset-04.png',
      'ripples-05.png',
      'stained-glass-06.png',
    ])
    for (const { png } of gallery) {
      const { width, height, pixels } = decodePng(png)
      expect(width).toBeGreaterThan(height)
      // A picture, not a colour.
      expect(new Set(pixels.flat()).size).toBeGreaterThan(50)
      expect(png.length).toBeGreaterThan(20_000)
      expect(png.length).toBeLessThan(300_000)
    }
    expect(new Set(gallery.map(({ png }) => png.length)).size).toBe(6)
  })

  test('paints the same ones every time', () => {
    expect(paintGallery(2).map(({ png }, i) => gallery[i]?.png.equals(png))).toEqual([true, true])
  })
})
