// Children of a gather start in order in the next iteration, whether or not anybody awaits it.

import { coroutine, gather, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  log(name, 'starts')
  await sleep(0)
  log(name, 'ends')
  return name
})

export const main = program(async () => {
  const loop = getRunningLoop()
  loop.callSoon(log, 'before')
  const gathered = gather([child('a'), child('b')])
  loop.callSoon(log, 'after')
  log('made')
  await sleep(0)
  log('main')
  await sleep(5)
  log(gathered.done(), gathered.result())
})
