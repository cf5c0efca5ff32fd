// Three downloads as tasks: all are sent before the first arrives.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const download = coroutine(async (url: string, delay: number) => {
  log('send', url)
  await sleep(delay)
  log('download', url)
  return url.length
})

export const main = program(async () => {
  const images = Object.entries({ 'first.jpg': 320, 'second.jpg': 150, 'third.jpg': 240 })
  for (const [url, delay] of images) await download(url, delay)
  log('over')
  const tasks = images.map(([url, delay]) => createTask(download(url, delay)))
  for (const task of tasks) log(await task)
  log('over')
})
