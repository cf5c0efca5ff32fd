import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** A server of pictures on this machine, at `/pictures/NUMBER.bmp`, until it is disposed. */
export interface PictureServer extends AsyncDisposable {
  readonly origin: string
}

/**
 * Starts a server that lets each picture wait for `delay` ms. It has a thread of its own, since the one
 * that asks may be blocked.
 */
export async function openPictureServer(delay: number): Promise<PictureServer> {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: { delay },
    // Not the options of the main thread: the worker brings its own loader.
    execArgv: [],
  })
  const [port] = (await once(worker, 'message')) as [number]
  worker.unref()
  return {
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
