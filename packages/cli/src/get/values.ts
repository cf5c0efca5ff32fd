import { InvalidArgumentError } from 'commander'

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
}

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 }

/** A whole number of `least` or more. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
    throw new InvalidArgumentError(`Expected a whole number of ${least} or more.`)
  }
}

/** Bytes per second: `500K`, `2M`, `1.5Mi`. */
export function byteRate(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([kmg]?i?)b?(?:\/s)?$/i.exec(text) ?? []
  const factor = UNITS[unit.toLowerCase()]
  const rate = Number(number) * (factor ?? Number.NaN)
  if (rate >= 1) return rate
  throw new InvalidArgumentError('Expected bytes per second, like 500K, 2M or 1.5Mi.')
}

/** Milliseconds of `30`, `1.5`, `5m`, `2h`; null, no limit, of `0`. */
export function duration(text: string): number | null {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text) ?? []
  const ms = Number(number) * (SECONDS[unit] as number) * 1_000
  if (ms === 0) return null
  // Timers of the platform go no further.
  if (ms >= 1 && ms <= 2 ** 31 - 1) return ms
  throw new InvalidArgumentError('Expected seconds, like 30, 1.5, 5m or 2h; 0 for no limit.')
}

/** Adds `Name: value` to those before it, or puts it in the place of one of that name. */
export function header(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value = ''] = /^([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/.exec(text) ?? []
  if (name === undefined || /[^\t\x20-\x7e\xa0-\xff]/.test(value)) {
    throw new InvalidArgumentError("Expected a header like 'Accept: image/png'.")
  }
  // Lower case: the last one of a name counts, however it is spelled.
  return { ...before, [name.toLowerCase()]: value }
}

export function checksum(text: string): string {
  if (/^(?:sha-?(?:1|224|256|384|512)|md5)[=:-]\S+$/i.test(text)) return text
  throw new InvalidArgumentError('Expected a checksum like sha-256=9f86d081….')
}

export function proxy(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && /^https?:$/.test(url.protocol)) return text
  throw new InvalidArgumentError('Expected a proxy like http://host:8080.')
}
