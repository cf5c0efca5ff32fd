// `npm run format [-- PATH...]`: writes the form that `npm run lint` asks for.
import { bin, runNode } from './lib/run.mjs'

const paths = process.argv.slice(2)
process.exitCode = await runNode([
  bin('@biomejs/biome', 'biome'),
  'check',
  '--write',
  ...(paths.length > 0 ? paths : ['.']),
])
