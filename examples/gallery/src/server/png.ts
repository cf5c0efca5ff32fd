import { crc32, deflateSync } from 'node:zlib'

/** A colour as red, green, blue from 0 to 1; what is outside is clipped. */
export type Colour = readonly [red: number, green: number, blue: number]

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const TRUE_COLOUR = 2
const FILTER_SUB = 1

/** A PNG file (8 bits a channel, no alpha) of what `paint` gives for each pixel. */
export function encodePng(
  width: number,
  height: number,
  paint: (x: number, y: number) => Colour,
): Buffer {
  const stride = 1 + width * 3
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const row = y * stride
    rows[row] = FILTER_SUB
    let left: Colour = [0, 0, 0]
    for (let x = 0; x < width; x++) {
      const colour = toBytes(paint(x, y))
      for (let channel = 0; channel < 3; channel++) {
        // Neighbours look alike, so their differences compress better than they do.
        rows[row + 1 + x * 3 + channel] = ((colour[channel] ?? 0) - (left[channel] ?? 0)) & 0xff
      }
      left = colour
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, TRUE_COLOUR], 8)
  return Buffer.concat([
    SIGNATURE,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  chunk.set(body, 4)
  chunk.writeUInt32BE(crc32(body), 4 + body.length)
  return chunk
}

function toBytes([red, green, blue]: Colour): Colour {
  return [toByte(red), toByte(green), toByte(blue)]
}

function toByte(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 255)
}
