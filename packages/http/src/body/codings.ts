import { ClientPayloadError } from '../errors/client-error.ts'
import { type BodySource, BodyStream } from './body-stream.ts'
import { codingsOf, decodeBody } from './decode.ts'

// The last of the codings of a transfer, which undici undoes.
const CHUNKED = /,?\s*chunked\s*$/i

/**
 * The body behind what `Transfer-Encoding` and `Content-Encoding` say; null is nothing. How a server
 * transfers a body is not what was asked for, so it fails where that is unknown; what is encoded by
 * something unknown is handed out as it came.
 */
export function undoCodings(
  raw: BodyStream,
  transferEncoding: string | null,
  contentEncoding: string | null,
  source: BodySource,
): BodyStream {
  const transfer = (transferEncoding ?? '').replace(CHUNKED, '').trim()
  const outer = transfer === '' ? null : codingsOf(transfer)
  if (outer === null && transfer !== '' && transfer.toLowerCase() !== 'identity') {
    const failed = new BodyStream(source)
    failed.fail(
      new ClientPayloadError(`expected a transfer in chunks or as it is, got ${transfer}`),
    )
    raw.discard()
    return failed
  }
  const codings = [...(outer ?? []), ...(codingsOf(contentEncoding) ?? [])]
  return codings.length === 0 ? raw : decodeBody(raw, codings)
}
