import { parseArgs } from 'node:util'
import { ThreadPoolExecutor } from '@hocket/executors'
import { coroutine, KeyboardInterrupt, run } from 'hocket'
import { downloadImages } from './images.ts'
import { tenCalls, threeUses } from './notes.ts'

const USAGE = `Usage: npm run example -- executors [OPTIONS]

  --block MS     how long each blocking call of the first part blocks (default: 500)
  --images N     how many pictures are downloaded (default: 40)
  --delay MS     how long the server lets each of them wait (default: 100)
  --threads N    how many threads the pool has (default: 5)
  --folder DIR   where the pictures go (default: downloads/executors)
`

const OPTIONS = {
  block: { type: 'string', default: '500' },
  images: { type: 'string', default: '40' },
  delay: { type: 'string', default: '100' },
  threads: { type: 'string', default: '5' },
  folder: { type: 'string', default: 'downloads/executors' },
} as const

function readArguments(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS })
  const number = (name: 'block' | 'images' | 'delay' | 'threads') => {
    if (/^[1-9]\d{0,4}$/.test(values[name])) return Number(values[name])
    throw new TypeError(`expected a whole number from 1 after --${name}, got '${values[name]}'`)
  }
  return {
    ms: number('block'),
    count: number('images'),
    delay: number('delay'),
    threads: number('threads'),
    folder: values.folder,
  }
}

const main = coroutine(async (options: ReturnType<typeof readArguments>) => {
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  print('A function that blocks, without stopping the loop')
  await threeUses({ ...options, print })
  await using pool = new ThreadPoolExecutor(options.threads)
  print(`\nTen calls for a pool of ${options.threads} threads`)
  await tenCalls(pool, { ...options, print })
  print(`\n${options.count} pictures from a server on this machine`)
  await downloadImages(pool, { ...options, print })
})

let options: ReturnType<typeof readArguments> | undefined
try {
  options = readArguments(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 2
}
if (options !== undefined) {
  try {
    await run(main(options))
  } catch (error) {
    if (!(error instanceof KeyboardInterrupt)) throw error
    process.exitCode = 130
  }
}
