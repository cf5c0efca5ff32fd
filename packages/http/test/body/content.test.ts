import { createTask, IncompleteReadError, LimitOverrunError, run, sleep } from 'hocket'
import { expect, test } from 'vitest'
import { BodyStream } from '../../src/body/body-stream.ts'
import { Content } from '../../src/body/content.ts'
import { ClientPayloadError } from '../../src/errors/client-error.ts'

class Source {
  resumed = 0
  pauseReading(): void {}
  resumeReading(): void {
    this.resumed += 1
  }
  describe(): string {
    return 'the body of a test'
  }
}

const bytes = (text: string) => Buffer.from(text)

function contentOf(...chunks: string[]): { content: Content; stream: BodyStream; source: Source } {
  const source = new Source()
  const stream = new BodyStream(source)
  for (const chunk of chunks) stream.feed(bytes(chunk))
  return { content: new Content(stream, null), stream, source }
}

test('reads by number, by line, up to a separator, exactly, to the end', async () => {
  await run(async () => {
    const { content, stream } = contentOf('one\ntw', 'o\nthr', 'ee;;four')
    stream.end()
    expect(String(await content.readline())).toBe('one\n')
    expect(String(await content.readline())).toBe('two\n')
    expect(String(await content.readuntil(';;'))).toBe('three;;')
    expect(String(await content.readexactly(2))).toBe('fo')
    expect(content.atEof()).toBe(false)
    expect(String(await content.read(1))).toBe('u')
    expect(String(await content.read())).toBe('r')
    expect(content.atEof()).toBe(true)
    expect((await content.read(5)).length).toBe(0)
    expect((await content.readline()).length).toBe(0)
    expect((await content.readAny()).length).toBe(0)
    expect(await content.readinto(new Uint8Array(3))).toBe(0)
    expect(content.totalBytes).toBe(19)
  })
})

test('a separator that lies across pieces, wherever they are cut', async () => {
  const text = 'ab\r\n--x--\r\nrest'
  for (let i = 1; i < text.length; i += 1) {
    for (let j = i; j < text.length; j += 1) {
      const { content, stream } = contentOf(text.slice(0, i), text.slice(i, j), text.slice(j))
      stream.end()
      await run(async () => {
        expect(String(await content.readuntil('\r\n--x--\r\n'))).toBe('ab\r\n--x--\r\n')
        expect(String(await content.read())).toBe('rest')
      })
    }
  }
})

test('pieces as they came are not copied, and larger ones are made of several', async () => {
  await run(async () => {
    const source = new Source()
    const stream = new BodyStream(source)
    const first = bytes('first')
    stream.feed(first)
    stream.feed(bytes('second'))
    stream.end()
    const content = new Content(stream, null)
    expect(await content.readAny()).toBe(first)
    const { content: chunked, stream: other } = contentOf('abc', 'defg', 'h')
    other.end()
    const got: string[] = []
    for await (const piece of chunked.iterChunked(5)) got.push(String(piece))
    expect(got).toEqual(['abcde', 'fgh'])
  })
})

test('readinto fills what it is given as far as something is here', async () => {
  await run(async () => {
    const { content, stream } = contentOf('abc', 'de', 'fgh')
    const buffer = Buffer.from('..........')
    expect(await content.readinto(buffer.subarray(1, 5))).toBe(4)
    expect(String(await content.readAny())).toBe('e')
    expect(await content.readinto(buffer.subarray(5))).toBe(3)
    expect(String(buffer)).toBe('.abcdfgh..')
    stream.end()
    expect(await content.readinto(buffer)).toBe(0)
    expect(() => content.readinto(new Uint8Array(0))).toThrow(RangeError)
    expect(() => content.readinto('text' as unknown as Uint8Array)).toThrow(TypeError)
  })
})

test('lines, the last one without an end', async () => {
  await run(async () => {
    const { content, stream } = contentOf('a\n\nb')
    stream.end()
    const lines: string[] = []
    for await (const line of content) lines.push(String(line))
    expect(lines).toEqual(['a\n', '\n', 'b'])
  })
})

test('what is too long or too short is an error, and stays', async () => {
  await run(async () => {
    const { content, stream } = contentOf('abcdef\n')
    await expect(async () => await content.readline({ limit: 3 })).rejects.toThrow(
      LimitOverrunError,
    )
    expect(String(await content.readline())).toBe('abcdef\n')
    stream.feed(bytes('xy'))
    stream.end()
    await expect(async () => await content.readexactly(3)).rejects.toThrow(IncompleteReadError)
    await expect(async () => await content.readuntil('!')).rejects.toThrow(IncompleteReadError)
    expect(() => content.read(1.5)).toThrow(RangeError)
    expect(() => content.readexactly(-1)).toThrow(RangeError)
    expect(() => content.iterChunked(0)).toThrow(RangeError)
    expect(() => content.readuntil('')).toThrow(RangeError)
  })
})

test('a failure comes behind what had come before; all of it at once is the failure', async () => {
  await run(async () => {
    const make = () => {
      const made = contentOf('abc')
      made.stream.fail(new ClientPayloadError('cut'))
      return made.content
    }
    const pieces = make()
    expect(String(await pieces.read(10))).toBe('abc')
    await expect(async () => await pieces.read(10)).rejects.toThrow('cut')
    await expect(async () => await make().read()).rejects.toThrow('cut')
    expect(pieces.exception()?.message).toBe('cut')
  })
})

test('the source pauses when much is here, and goes on when it has been read', async () => {
  await run(async () => {
    const { content, stream, source } = contentOf()
    const piece = Buffer.alloc(256 * 1024)
    expect(stream.feed(piece)).toBe(true)
    expect(stream.feed(piece)).toBe(true)
    expect(stream.feed(piece)).toBe(false)
    await content.readAny()
    expect(source.resumed).toBe(0)
    await content.readAny()
    expect(source.resumed).toBe(1)
  })
})

test('who wants more than that gets it: the source is not paused meanwhile', async () => {
  await run(async () => {
    const { content, stream, source } = contentOf()
    const piece = Buffer.alloc(400_000)
    expect([stream.feed(piece), stream.feed(piece)]).toEqual([true, false])
    const task = createTask(content.readexactly(2_000_000))
    await sleep(0)
    expect(source.resumed).toBe(1)
    expect([stream.feed(piece), stream.feed(piece)]).toEqual([true, true])
    stream.feed(piece)
    expect((await task).length).toBe(2_000_000)
  })
})

test('one coroutine at a time may wait; a cancelled one makes room', async () => {
  await run(async () => {
    const { content, stream } = contentOf()
    const first = createTask(content.read(5))
    await sleep(0)
    await expect(async () => await content.readline()).rejects.toThrow(/read by another coroutine/)
    first.cancel()
    await sleep(0)
    const second = createTask(content.readline())
    await sleep(0)
    stream.feed(bytes('now\n'))
    expect(String(await second)).toBe('now\n')
  })
})
