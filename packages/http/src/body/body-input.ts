import type { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { MultipartForm } from './multipart.ts'

/** A field of a form. */
export type FormValue = string | number | boolean | bigint

/**
 * What a request may have as its body. Text and bytes go as they are, `URLSearchParams` and plain
 * objects as a form, `FormData` as multipart, streams and iterables in chunks, once.
 */
export type BodyInput =
  | string
  | Uint8Array
  | ArrayBuffer
  | ArrayBufferView
  | URLSearchParams
  | FormData
  | MultipartForm
  | Blob
  | Readable
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | Readonly<Record<string, FormValue | readonly FormValue[]>>
