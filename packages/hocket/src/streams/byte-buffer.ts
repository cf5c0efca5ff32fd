// A chunk this small costs more as an object than as bytes: it joins its neighbour.
const SMALL = 256
const BLOCK = 4_096
const NOTHING = new Uint8Array(0)

/**
 * Bytes that arrive in chunks and leave in other pieces. Nothing is moved when a chunk arrives; a
 * piece that is a whole chunk leaves as it came, and others are copied once.
 */
export class ByteBuffer {
  length = 0
  #chunks: Uint8Array[] = []
  /** The chunks before this one have left. */
  #first = 0
  /** What has left of the first chunk. */
  #offset = 0
  /** The memory of the last chunk where that is one of ours, with room behind. */
  #block: Uint8Array | null = null

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    const last = this.length === 0 ? undefined : this.#chunks.at(-1)
    this.length += chunk.length
    if (last === undefined || chunk.length > SMALL || !this.#join(last, chunk)) {
      this.#chunks.push(chunk)
      this.#block = null
    }
  }

  /** Takes the first `count` bytes, which must be there. */
  take(count: number): Uint8Array {
    if (count === 0) return NOTHING.slice()
    const chunk = this.#chunks[this.#first] as Uint8Array
    const left = chunk.length - this.#offset
    if (left > count) {
      const piece = chunk.slice(this.#offset, this.#offset + count)
      this.#offset += count
      this.length -= count
      return piece
    }
    if (left === count) return this.#takeRest(chunk)
    const piece = new Uint8Array(count)
    let filled = 0
    while (filled < count) {
      const next = this.#chunks[this.#first] as Uint8Array
      const end = Math.min(next.length, this.#offset + count - filled)
      piece.set(next.subarray(this.#offset, end), filled)
      filled += end - this.#offset
      this.#offset = end
      if (end === next.length) this.#dropFirst()
    }
    this.length -= count
    return piece
  }

  takeAll(): Uint8Array {
    return this.take(this.length)
  }

  /** Puts what was taken before everything else again. */
  putBack(pieces: readonly Uint8Array[]): void {
    if (pieces.length === 0) return
    const rest = this.#chunks.slice(this.#first)
    if (this.#offset > 0) rest[0] = (rest[0] as Uint8Array).subarray(this.#offset)
    this.#chunks = [...pieces, ...rest]
    this.#first = 0
    this.#offset = 0
    // The last chunk may no longer begin where its block does.
    this.#block = null
    for (const { length } of pieces) this.length += length
  }

  drop(count: number): void {
    let left = count
    while (left > 0) {
      const size = (this.#chunks[this.#first] as Uint8Array).length - this.#offset
      if (left < size) {
        this.#offset += left
        break
      }
      left -= size
      this.#dropFirst()
    }
    this.length -= count
  }

  clear(): void {
    this.#chunks = []
    this.#first = 0
    this.#offset = 0
    this.#block = null
    this.length = 0
  }

  /**
   * Where `wanted` begins for the first time at or after `from`, if it ends before `end`; -1 if
   * nowhere.
   */
  find(wanted: Uint8Array, from: number, end: number = this.length): number {
    const last = Math.min(end, this.length) - wanted.length
    if (from > last) return -1
    let { index, start } = this.#locate(from)
    for (; start <= last; index += 1) {
      const chunk = this.#chunks[index] as Uint8Array
      let at = chunk.indexOf(wanted[0] as number, Math.max(0, from - start))
      while (at >= 0 && start + at <= last) {
        if (this.#matches(wanted, index, at)) return start + at
        at = chunk.indexOf(wanted[0] as number, at + 1)
      }
      start += chunk.length
    }
    return -1
  }

  startsWith(wanted: Uint8Array, at: number): boolean {
    if (at + wanted.length > this.length) return false
    const { index, start } = this.#locate(at)
    return this.#matches(wanted, index, at - start)
  }

  /** The chunk with the byte at `position`; `start` is the position of the chunk's own first byte. */
  #locate(position: number): { index: number; start: number } {
    // Who searches begins near the end: what lies before has been searched already.
    if (position * 2 > this.length) {
      let index = this.#chunks.length - 1
      let start = this.length - (this.#chunks[index] as Uint8Array).length
      while (start > position) {
        index -= 1
        start -= (this.#chunks[index] as Uint8Array).length
      }
      return { index, start }
    }
    let index = this.#first
    let start = -this.#offset
    for (;;) {
      const { length } = this.#chunks[index] as Uint8Array
      if (start + length > position) return { index, start }
      start += length
      index += 1
    }
  }

  /** There are enough bytes behind. */
  #matches(wanted: Uint8Array, index: number, at: number): boolean {
    let chunk = this.#chunks[index] as Uint8Array
    let next = index
    let place = at
    for (const byte of wanted) {
      while (place === chunk.length) {
        next += 1
        chunk = this.#chunks[next] as Uint8Array
        place = 0
      }
      if (chunk[place] !== byte) return false
      place += 1
    }
    return true
  }

  /** Puts a small chunk behind a small one, or into the block that they share. */
  #join(last: Uint8Array, chunk: Uint8Array): boolean {
    const size = last.length + chunk.length
    if (this.#block === null) {
      if (last.length > SMALL) return false
      this.#block = new Uint8Array(BLOCK)
      this.#block.set(last)
    } else if (size > BLOCK) {
      return false
    }
    this.#block.set(chunk, last.length)
    this.#chunks[this.#chunks.length - 1] = this.#block.subarray(0, size)
    return true
  }

  #takeRest(chunk: Uint8Array): Uint8Array {
    const start = this.#offset
    const count = chunk.length - start
    // A view must not keep much more memory alive than it shows.
    const isMost = count * 2 >= chunk.buffer.byteLength
    this.#dropFirst()
    this.length -= count
    if (!isMost) return chunk.slice(start)
    return start === 0 ? chunk : chunk.subarray(start)
  }

  #dropFirst(): void {
    this.#chunks[this.#first] = NOTHING
    this.#first += 1
    this.#offset = 0
    if (this.#first === this.#chunks.length) {
      this.#chunks = []
      this.#first = 0
      this.#block = null
    } else if (this.#first >= 64 && this.#first * 2 > this.#chunks.length) {
      this.#chunks.splice(0, this.#first)
      this.#first = 0
    }
  }
}
