import { writeFileSync } from 'node:fs'
import { checkCancelled, progress } from '@hocket/executors'
import { get } from '@hocket/http/sync'
import { type Moment, now } from './recording.ts'

const ATTEMPTS = 3
const PAUSE_MS = 100
const START_MS = 50

/** What `saveBlocking` tells on its way. */
export type Note = readonly [moment: Moment, at: number]

/**
 * Downloads one file as a script would: everything in it blocks its thread, so it is for threads of an
 * executor.
 */
export function saveBlocking(url: string, path: string): string {
  for (let attempt = 1; ; attempt++) {
    checkCancelled()
    try {
      note('asked')
      const response = get(url)
      note('firstByte')
      response.raiseForStatus()
      writeFileSync(path, response.content)
      return path
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
      sleep(PAUSE_MS * attempt)
    }
  }
}

/**
 * Makes the thread ready: its client starts at the first request, whatever the answer. Takes long enough
 * for each of several such calls to get a thread of its own.
 */
export function warmUp(url: string): void {
  get(url)
  sleep(START_MS)
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

function note(moment: Moment): void {
  const told: Note = [moment, now()]
  progress(told)
}
