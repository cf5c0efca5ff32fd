// `call_soon`, `call_later` and `call_at` capture a copy of the context at the call.

import { ContextVar, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<string>('name', { default: 'default' })

export const main = program(async () => {
  const loop = getRunningLoop()

  const callback = (which: string) => {
    log(which, name.get())
    name.set(`set in ${which}`)
  }

  name.set('soon')
  loop.callSoon(callback, 'call_soon')
  name.set('later')
  loop.callLater(5, callback, 'call_later')
  name.set('at')
  loop.callAt(6, callback, 'call_at')
  name.set('main')
  await sleep(10)
  log('main', name.get())
})
