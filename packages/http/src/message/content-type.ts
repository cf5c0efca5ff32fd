/** A `Content-Type`, taken apart. */
export interface MediaType {
  /** Such as `text/html`, in lower case. */
  readonly type: string
  /** In lower case; null where it says none. */
  readonly charset: string | null
}

const UNKNOWN: MediaType = { type: 'application/octet-stream', charset: null }

/** What a `Content-Type` says; by RFC 9110, bytes where there is none or it can't be read. */
export function parseMediaType(header: string | null): MediaType {
  if (header === null) return UNKNOWN
  const [type = '', ...parameters] = header.split(';')
  const name = type.trim().toLowerCase()
  if (!/^[^\s/]+\/[^\s/]+$/.test(name)) return UNKNOWN
  let charset: string | null = null
  for (const parameter of parameters) {
    const [, value] = /^charset\s*=\s*"?([^"]*)"?$/i.exec(parameter.trim()) ?? []
    if (value !== undefined && value !== '') charset ??= value.trim().toLowerCase()
  }
  return { type: name, charset }
}

/** `application/json` and all that ends in `+json`. */
export function isJson(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json')
}

/** Decodes text: by `encoding` if it is known, otherwise as UTF-8; a byte order mark decides before all. */
export function decodeText(bytes: Uint8Array, encoding: string | null): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return decoderFor(encoding).decode(bytes)
}

const utf8: InstanceType<typeof TextDecoder> = new TextDecoder()

function decoderFor(encoding: string | null): typeof utf8 {
  if (encoding === null || encoding === 'utf-8' || encoding === 'utf8') return utf8
  try {
    return new TextDecoder(encoding)
  } catch {
    return utf8
  }
}
