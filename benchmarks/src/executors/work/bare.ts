// A process without any pool: it gets a number of times and a number, and says when it has done its share.
import { fib } from './plain.ts'

process.on('message', ({ times, n }: { times: number; n: number }) => {
  let sum = 0
  for (let i = 0; i < times; i++) sum += fib(n)
  process.send?.(sum)
})
