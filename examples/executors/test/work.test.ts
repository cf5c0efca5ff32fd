import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { Worker } from 'node:worker_threads'
import { moduleFunctions, ThreadPoolExecutor } from '@hocket/executors'
import { expect, onTestFinished, test, vi } from 'vitest'
import type * as Work from '../src/work.ts'

vi.setConfig({ testTimeout: 60_000 })

const { downloadImage } = moduleFunctions<typeof Work>(new URL('../src/work.ts', import.meta.url))

test('a download that blocks its worker ends when it is interrupted, and the worker lives on', async () => {
  const site = new Worker(new URL('./support/site.mjs', import.meta.url), { execArgv: [] })
  onTestFinished(async () => void (await site.terminate()))
  const [port] = (await once(site, 'message')) as [number]
  const origin = `http://127.0.0.1:${port}`
  await using pool = new ThreadPoolExecutor(1)
  await expect(pool.submit(downloadImage, `${origin}/missing`, tmpdir())).rejects.toThrow(
    'answered by 404',
  )

  const asked = once(site, 'message')
  const call = pool.submit(downloadImage, `${origin}/held`, tmpdir())
  expect(await asked).toEqual(['asked'])
  const hungUp = once(site, 'message')
  expect(call.cancel({ interrupt: true })).toBe(true)

  await expect(call).rejects.toMatchObject({ name: 'CancelledError' })
  expect(await hungUp).toEqual(['hung up'])
  await expect(pool.submit(downloadImage, `${origin}/missing`, tmpdir())).rejects.toThrow(
    'answered by 404',
  )
})
