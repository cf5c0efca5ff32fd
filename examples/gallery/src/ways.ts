import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DownloadError, download } from '@hocket/download'
import { moduleFunctions, ThreadPoolExecutor } from '@hocket/executors'
import type { ClientSession } from '@hocket/http'
import { type Coroutine, coroutine, gather, getRunningLoop, taskGroup } from 'hocket'
import type { Note } from './blocking.ts'
import type { Recording } from './recording.ts'

const { saveBlocking, warmUp } = moduleFunctions<typeof import('./blocking.ts')>(
  new URL('./blocking.ts', import.meta.url),
)

/** As many as Python's default executor has on a machine of four cores. */
const THREADS = 8

/** The pictures to get, in one way. */
export interface Visit {
  readonly session: ClientSession
  readonly urls: readonly string[]
  readonly folder: string
  readonly recording: Recording
}

/** The path of each file, null where there is none. */
export type Paths = (string | null)[]

/** One way to get all the pictures into a folder. */
export interface Way {
  readonly title: string
  readonly explanation: string
  /** Its folder, and its part of the server's URLs. */
  readonly name: string
  readonly prepare?: (origin: string) => Coroutine<void>
  readonly visit: (visit: Visit) => Coroutine<Paths>
}

const oneAfterAnother: Way = {
  title: 'One after another',
  explanation: 'await download(session, url), in a loop',
  name: 'one-after-another',
  visit: coroutine(async (visit) => {
    const paths: Paths = []
    for (const index of visit.urls.keys()) paths.push(await save(visit, index))
    return paths
  }),
}

const asTasks: Way = {
  title: 'As Tasks',
  explanation: 'group.createTask(download(session, url)) for each, in one thread',
  name: 'as-tasks',
  visit: coroutine(
    async (visit) =>
      await taskGroup(async (group) => {
        const tasks = visit.urls.map((_, index) => group.createTask(save(visit, index)))
        return await gather(tasks)
      }),
  ),
}

const save = coroutine(async ({ session, urls, folder, recording }: Visit, index: number) => {
  try {
    const file = await download(session, urls[index] as string, {
      folder,
      retries: 2,
      backoff: { base: 100 },
      // Nothing is kept of what has failed.
      resume: false,
      onEvent: ({ type }) => {
        if (type === 'request') recording.note(index, 'asked')
        else if (type === 'response') recording.note(index, 'firstByte')
      },
    })
    recording.note(index, 'ended')
    return file.path
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error
    recording.note(index, 'failed')
    return null
  }
})

/** The ways, from the slowest to the fastest; the threads end with `pool`. */
export function listWays(pool: ThreadPoolExecutor): Way[] {
  const inThreads: Way = {
    title: 'In threads',
    explanation: `loop.runInExecutor(pool, saveBlocking, url), with a client that blocks and ${THREADS} threads`,
    name: 'in-threads',
    // Threads that run TypeScript take half a second to start, which is not what is compared here.
    prepare: coroutine(async (origin) => {
      const loop = getRunningLoop()
      const starts = Array.from({ length: THREADS }, () => loop.runInExecutor(pool, warmUp, origin))
      await gather(starts)
    }),
    visit: coroutine(async (visit) => {
      await mkdir(visit.folder, { recursive: true })
      return await gather(visit.urls.map((_, index) => saveInThread(pool, visit, index)))
    }),
  }
  return [oneAfterAnother, inThreads, asTasks]
}

export function openPool(): ThreadPoolExecutor {
  return new ThreadPoolExecutor({ maxWorkers: THREADS, namePrefix: 'downloader' })
}

const saveInThread = coroutine(
  async (pool: ThreadPoolExecutor, { urls, folder, recording }: Visit, index: number) => {
    const url = urls[index] as string
    const path = join(folder, url.slice(url.lastIndexOf('/') + 1))
    const call = pool.submit(saveBlocking, url, path)
    call.addProgressCallback((told) => {
      const [moment, at] = told as Note
      recording.note(index, moment, at)
    })
    try {
      await call
      recording.note(index, 'ended')
      return path
    } catch (error) {
      if (error instanceof Error && error.name === 'CancelledError') throw error
      recording.note(index, 'failed')
      return null
    }
  },
)
