// A set of tasks that grows: wait again for what is pending and what is new, until nothing is.

import { coroutine, createTask, FIRST_COMPLETED, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const visit = coroutine(async (page: string, links: Record<string, string[]>) => {
  await sleep(page.length + page.split('b').length / 10 - 0.1)
  log('visited', page)
  return links[page] ?? []
})

export const main = program(async () => {
  const links = { a: ['ab', 'aba'], ab: ['abbb', 'abab'], aba: ['abababb'] }
  let pending = new Set([createTask(visit('a', links))])
  while (pending.size > 0) {
    const waited = await wait(pending, { returnWhen: FIRST_COMPLETED })
    pending = waited.pending
    for (const task of waited.done) {
      for (const page of task.result()) pending.add(createTask(visit(page, links)))
    }
    log(waited.done.size, pending.size)
  }
})
