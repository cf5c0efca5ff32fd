// The runs of one Runner share a loop and a context; a task left by one goes on in the next.

import { ContextVar, coroutine, createTask, getRunningLoop, Runner, sleep } from 'hocket'
import { log, onLoop, virtualLoop } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

const background = coroutine(async () => {
  for (let n = 0; n < 3; n++) {
    await sleep(10)
    log('background', n)
  }
})

const first = coroutine(async () => {
  log('first', name.get())
  name.set('set by first')
  createTask(background())
  await sleep(15)
  return getRunningLoop()
})

const second = coroutine(async () => {
  log('second', name.get())
  await sleep(10)
  return getRunningLoop()
})

const failing = coroutine(async () => {
  throw new RangeError('third')
})

export const main = onLoop(async () => {
  const runner = new Runner({ loopFactory: virtualLoop })
  const one = await runner.run(first())
  const two = await runner.run(second())
  log(one === two, one === runner.getLoop(), one.isRunning())
  try {
    await runner.run(failing())
  } catch (error) {
    log(error)
  }
  await runner.close()
  log(one.isClosed(), name.get())
})
