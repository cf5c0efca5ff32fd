import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { download } from '@hocket/download'
import { type Executor, moduleFunctions } from '@hocket/executors'
import { type Coroutine, coroutine, gather, getRunningLoop } from 'hocket'
import { openPictureServer } from './server/picture-server.ts'
import * as here from './work.ts'

const { downloadImage } = moduleFunctions<typeof here>(new URL('./work.ts', import.meta.url))

export interface ImagesOptions {
  readonly count: number
  /** How long the server lets each picture wait, in ms. */
  readonly delay: number
  readonly folder: string
  readonly print: (line: string) => void
}

/** The same pictures, by code that blocks and by coroutines. */
export const downloadImages: (pool: Executor, options: ImagesOptions) => Coroutine<void> =
  coroutine(async (pool: Executor, { count, delay, folder, print }: ImagesOptions) => {
    await using server = await openPictureServer(delay)
    const urls = Array.from({ length: count }, (_, i) => `${server.origin}/pictures/${i + 1}.bmp`)
    const loop = getRunningLoop()
    const into = async (name: string) => {
      const path = join(folder, name)
      await mkdir(path, { recursive: true })
      return path
    }
    const measure = async (name: string, work: () => PromiseLike<number>) => {
      const begun = loop.time()
      const bytes = await work()
      print(`${name.padEnd(40)} ${(loop.time() - begun).toFixed(0).padStart(6)} ms  ${bytes} B`)
    }

    // What the loop must never do: nothing else happens until the last picture is there.
    const blocking = await into('one-after-another')
    await measure('blocking, one after another', async () =>
      total(urls.map((url) => here.downloadImage(url, blocking))),
    )

    // The same function in threads. Each picture that is under way has a thread of its own.
    const inThreads = await into('in-threads')
    await measure('blocking, in the threads of the pool', async () =>
      total(
        await gather(urls.map((url) => loop.runInExecutor(pool, downloadImage, url, inThreads))),
      ),
    )

    // Coroutines wait at the same time, all in this thread.
    const asCoroutines = await into('as-coroutines')
    await measure('coroutines', async () => {
      const files = await gather(urls.map((url) => download(url, { folder: asCoroutines })))
      return total(files.map(({ bytes }) => bytes))
    })
  })

function total(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0)
}
