import { Readable } from 'node:stream'
import zlib from 'node:zlib'
import type { BodyInput } from './body-input.ts'
import { BytesBody } from './bytes-body.ts'
import { MultipartForm } from './multipart.ts'
import type { RequestBody } from './request-body.ts'
import { type ChunkSource, StreamBody } from './stream-body.ts'

const OCTETS = 'application/octet-stream'
const FORM = 'application/x-www-form-urlencoded'
const TEXT = 'text/plain; charset=utf-8'

export type Compression = 'gzip' | 'deflate' | 'br'

/** @throws {@link TypeError} if `data` is nothing that can be sent */
export function makeBody(data: BodyInput): RequestBody {
  if (typeof data === 'string') return new BytesBody(Buffer.from(data), TEXT)
  if (data instanceof Uint8Array) return new BytesBody(data, OCTETS)
  if (data instanceof ArrayBuffer) return new BytesBody(new Uint8Array(data), OCTETS)
  if (ArrayBuffer.isView(data)) {
    return new BytesBody(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), OCTETS)
  }
  if (data instanceof URLSearchParams) return new BytesBody(Buffer.from(String(data)), FORM)
  if (data instanceof FormData) return makeMultipart(MultipartForm.from(data))
  if (data instanceof MultipartForm) return makeMultipart(data)
  if (data instanceof Blob) return new StreamBody(streamOf(data), blobOptions(data))
  if (typeof data === 'object' && data !== null) {
    if (Symbol.asyncIterator in data || Symbol.iterator in data) {
      return new StreamBody(data as ChunkSource, { contentType: OCTETS, length: null })
    }
    return new BytesBody(Buffer.from(String(formOf(data))), FORM)
  }
  throw new TypeError(
    `data expected text, bytes, a form or a stream, got ${data === null ? 'null' : typeof data}: for JSON there is json`,
  )
}

export function makeJsonBody(text: string): RequestBody {
  return new BytesBody(Buffer.from(text), 'application/json')
}

/** The same body, compressed on its way. */
export function compressBody(body: RequestBody, coding: Compression): RequestBody {
  if (body.encoding !== null) return body
  if (body instanceof BytesBody) {
    return new BytesBody(compressBytes(body.open(), coding), body.contentType, coding)
  }
  const source: ChunkSource = {
    [Symbol.asyncIterator]: () =>
      Readable.from(sourceOf(body)).pipe(makeCompressor(coding))[Symbol.asyncIterator](),
  }
  const { contentType, isReplayable } = body
  return new StreamBody(source, { contentType, length: null, encoding: coding, isReplayable })
}

function makeMultipart(form: MultipartForm): RequestBody {
  const { contentType, length, isReplayable } = form
  const source = { [Symbol.asyncIterator]: () => form.chunks() }
  return new StreamBody(source, { contentType, length, isReplayable })
}

function blobOptions(blob: Blob): ConstructorParameters<typeof StreamBody>[1] {
  return { contentType: blob.type || OCTETS, length: blob.size, isReplayable: true }
}

function streamOf(blob: Blob): ChunkSource {
  return {
    [Symbol.asyncIterator]: () =>
      (blob.stream() as unknown as AsyncIterable<Uint8Array>)[Symbol.asyncIterator](),
  }
}

function formOf(data: object): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(data)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === null || typeof one === 'object' || typeof one === 'function') {
        throw new TypeError(
          `a form expected text for ${JSON.stringify(name)}, got ${one === null ? 'null' : typeof one}: files go into a FormData, other data into json`,
        )
      }
      form.append(name, String(one))
    }
  }
  return form
}

function compressBytes(bytes: Buffer, coding: Compression): Buffer {
  if (coding === 'gzip') return zlib.gzipSync(bytes)
  return coding === 'deflate' ? zlib.deflateSync(bytes) : zlib.brotliCompressSync(bytes)
}

function makeCompressor(coding: Compression): NodeJS.ReadWriteStream & AsyncIterable<Uint8Array> {
  if (coding === 'gzip') return zlib.createGzip()
  return coding === 'deflate' ? zlib.createDeflate() : zlib.createBrotliCompress()
}

function sourceOf(body: RequestBody): ChunkSource {
  return (body as StreamBody).source
}
