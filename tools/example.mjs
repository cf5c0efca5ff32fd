// `npm run example -- NAME [ARG...]`: the program examples/NAME, from the sources.
import { existsSync, readdirSync } from 'node:fs'
import { runNode, sourceFlags } from './lib/run.mjs'

const [name = '', ...args] = process.argv.slice(2)
const main = `examples/${name}/src/main.ts`
if (/^[a-z-]+$/.test(name) && existsSync(main)) {
  process.exitCode = await runNode([...sourceFlags, main, ...args], { exact: true })
} else {
  const names = readdirSync('examples').filter((one) => existsSync(`examples/${one}/src/main.ts`))
  process.stderr.write(`usage: npm run example -- NAME [ARG...]\n  NAME   ${names.join(', ')}\n`)
  process.exitCode = 2
}
