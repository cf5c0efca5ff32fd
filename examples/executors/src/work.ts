import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkCancelled, currentWorker } from '@hocket/executors'
import { syncGet } from './sync-get/sync-get.ts'

/** Something that takes its time and can't be awaited: blocks its thread, as `time.sleep` does. */
export function func1(ms: number): string {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms)
  return 'func1'
}

/** Downloads one file as a script would: everything in it blocks. Gives the number of bytes. */
export function downloadImage(url: string, folder: string): number {
  const whileWaiting = currentWorker() === null ? undefined : checkCancelled
  const response = syncGet(url, { ...(whileWaiting && { whileWaiting }) })
  if (response.status !== 200) throw new Error(`GET ${url}: status ${response.status}`)
  writeFileSync(join(folder, basename(new URL(url).pathname)), response.body)
  return response.body.length
}
