import type { Case, Sample } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { contendersOf, rowsAgainst, threadPools } from './contenders.ts'
import type { Pool } from './pool.ts'

// Eight buffers of a mebibyte go to a worker by transfer, get a mark there, and come back by transfer,
// 64 times each. Nothing is copied, so the figure is as small as for numbers, or it is not by transfer.
// Python's threads share what they have; they have no row here. Nor have processes, which must copy.
const BYTES = 1024 * 1024
const BUFFERS = 8
const TRIPS = 64
const NO_SLOWER = 1

const transferring =
  (pool: Pool): Sample =>
  () =>
    nsPer(BUFFERS * TRIPS, async () => {
      const traveller = async () => {
        let buffer = new ArrayBuffer(BYTES)
        for (let i = 0; i < TRIPS; i++) {
          const sent = buffer
          buffer = (await pool.giveBack(sent)) as ArrayBuffer
          check('bytes that stayed here', sent.byteLength, 0)
        }
        check('bytes', buffer.byteLength, BYTES)
        check('marks', new Uint8Array(buffer)[0] ?? 0, TRIPS)
      }
      await Promise.all(Array.from({ length: BUFFERS }, traveller))
    })

export const transferOfBuffers: Case = {
  name: 'transfer',
  processes: 2,
  rounds: 7,
  warmUpMs: 1500,
  rows: rowsAgainst(
    { case: '1 MiB by transfer, there and back', unit: 'ns per trip', hocket: 'threads' },
    Object.keys(threadPools).filter((name) => !name.endsWith('a worker')),
    () => NO_SLOWER,
  ),
  contenders: contendersOf(threadPools, transferring),
}
