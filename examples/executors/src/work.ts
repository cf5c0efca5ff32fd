import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkCancelled, currentWorker } from '@hocket/executors'
import { get } from '@hocket/http/sync'

/** Something that takes its time and can't be awaited: blocks its thread, as `time.sleep` does. */
export function func1(ms: number): string {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms)
  return 'func1'
}

/** Downloads one file as a script would: everything in it blocks. Gives the number of bytes. */
export function downloadImage(url: string, folder: string): number {
  const response = get(url, currentWorker() === null ? {} : { checkCancelled })
  response.raiseForStatus()
  writeFileSync(join(folder, basename(new URL(url).pathname)), response.content)
  return response.content.length
}
