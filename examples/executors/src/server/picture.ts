const WIDTH = 160
const HEIGHT = 120
const HEADER_BYTES = 54
const PIXEL_BYTES = 3

/** Paints a picture of rings in the colour of its number: a BMP file, always the same. */
export function paintPicture(number: number): Buffer {
  const file = Buffer.alloc(HEADER_BYTES + WIDTH * HEIGHT * PIXEL_BYTES)
  file.write('BM', 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(HEADER_BYTES, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(WIDTH, 18)
  file.writeInt32LE(HEIGHT, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(PIXEL_BYTES * 8, 28)
  for (let i = 0; i < WIDTH * HEIGHT; i++) {
    const fromCentre = Math.hypot((i % WIDTH) - WIDTH / 2, Math.floor(i / WIDTH) - HEIGHT / 2)
    const light = 0.5 + 0.5 * Math.cos(fromCentre / 4)
    for (let channel = 0; channel < PIXEL_BYTES; channel++) {
      const tone = 0.5 + 0.5 * Math.cos(number + channel * 2)
      file[HEADER_BYTES + i * PIXEL_BYTES + channel] = Math.round(255 * light * tone)
    }
  }
  return file
}
