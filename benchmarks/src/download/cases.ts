import type { Case, Limit, PythonContender, Row } from '../lib/case.ts'
import { aria2, curl, type Load } from './commands.ts'
import { downloaded, peakMemory } from './hocket.ts'

const GIB = 2 ** 30

/** A gallery that is far away: the delay is what counts. */
const IMAGES: Load = { bytes: 100_000, count: 300, atOnce: 32, delayMs: 50 }
const SMALL: Load = { bytes: 1000, count: 10_000, atOnce: 100, delayMs: 0 }
const LARGE: Load = { bytes: GIB, count: 1, atOnce: 1, delayMs: 0 }

/** What loopback carries, as curl measures it here: 1 GiB takes about 0.7 s. */
const BYTES_PER_MS = 1_500_000
const roundsOf = ({ count, atOnce }: Load) => Math.ceil(count / atOnce)
const LATENCY_LIMIT: Limit = {
  limit: IMAGES.delayMs * roundsOf(IMAGES) + (IMAGES.count * IMAGES.bytes) / BYTES_PER_MS,
  text: `${roundsOf(IMAGES)} rounds of ${IMAGES.delayMs} ms, and the bytes`,
}
const MEMORY_LIMIT: Limit = { limit: 150, text: '150 MB' }

const WITHIN_OF_LIMIT = 1 / 1.15
const AHEAD = 1
const OF_CURL_LARGE = 0.9
const OF_CURL_SMALL = 1 / 2.5
const TIMES_ARIA2_SMALL = 5
const TIMES_AIOHTTP_SMALL = 1.5

const HOCKET = 'downloadAll'
/** What the others do: nobody waits for the disk. */
const UNFLUSHED = 'downloadAll, durable: false'
const CURL = 'curl'
const ARIA2 = 'aria2c'
const AIOHTTP = 'aiohttp'
const aiohttp = (python: string): PythonContender => ({
  python,
  script: 'http_client',
  needs: 'aiohttp',
  loop: 'asyncio',
})

const rowsOf = (
  name: string,
  peers: readonly [Row['peer'], number][],
  hocket: string = HOCKET,
): Row[] => peers.map(([peer, bar]) => ({ case: name, unit: 'ms', hocket, peer, bar }))

// Long enough that warming up makes no difference, but for the images.
const sizes = { processes: 1, rounds: 5, warmUpMs: 0 }

export const cases: readonly Case[] = [
  {
    ...sizes,
    // Start-up is left out: half a dozen runs that do not count.
    warmUpMs: 3000,
    name: 'images',
    rows: rowsOf('300 images of 100 KB, 32 at once, 50 ms away', [
      [LATENCY_LIMIT, WITHIN_OF_LIMIT],
      [ARIA2, AHEAD],
      [AIOHTTP, AHEAD],
      [CURL, AHEAD],
    ]),
    contenders: {
      [HOCKET]: downloaded(IMAGES),
      [ARIA2]: aria2(IMAGES),
      [CURL]: curl(IMAGES),
      [AIOHTTP]: aiohttp('images'),
    },
  },
  {
    ...sizes,
    // Before the small ones: their thousands of names keep the disk busy for minutes.
    name: 'one large file',
    rows: [
      ...rowsOf(
        'one file of 1 GiB, not flushed',
        [
          [CURL, OF_CURL_LARGE],
          [ARIA2, 0],
        ],
        UNFLUSHED,
      ),
      ...rowsOf('one file of 1 GiB, flushed to the disk', [
        [CURL, OF_CURL_LARGE],
        [ARIA2, 0],
      ]),
    ],
    contenders: {
      [HOCKET]: downloaded(LARGE),
      [UNFLUSHED]: downloaded(LARGE, { durable: false }),
      [ARIA2]: aria2(LARGE),
      [CURL]: curl(LARGE),
    },
  },
  {
    ...sizes,
    name: 'many small files',
    rows: rowsOf('10,000 files of 1 KB, 100 at once', [
      [AIOHTTP, TIMES_AIOHTTP_SMALL],
      [CURL, OF_CURL_SMALL],
    ]),
    contenders: {
      [HOCKET]: downloaded(SMALL),
      [CURL]: curl(SMALL),
      [AIOHTTP]: aiohttp('many_small'),
    },
  },
  {
    ...sizes,
    // It takes a minute for them.
    rounds: 2,
    name: 'many small files, aria2c',
    rows: rowsOf('10,000 files of 1 KB, 100 at once', [[ARIA2, TIMES_ARIA2_SMALL]]),
    contenders: { [HOCKET]: downloaded(SMALL), [ARIA2]: aria2(SMALL) },
  },
  ...[
    { load: IMAGES, name: '300 images of 100 KB' },
    { load: SMALL, name: '10,000 files of 1 KB' },
    { load: LARGE, name: 'one file of 1 GiB' },
  ].map(
    ({ load, name }): Case => ({
      name: `memory: ${name}`,
      processes: 1,
      rounds: 1,
      warmUpMs: 0,
      rows: [{ case: name, unit: 'MB at the most', hocket: HOCKET, peer: MEMORY_LIMIT, bar: 1 }],
      contenders: { [HOCKET]: peakMemory(load) },
    }),
  ),
]
