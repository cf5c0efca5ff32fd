// `npm run clean`: removes what was built.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bin, publishedPackages, runNode } from './lib/run.mjs'

process.exitCode = await runNode([bin('typescript', 'tsc'), '-b', '--clean'])
// The compiler knows its own files only.
for (const { folder } of publishedPackages()) {
  rmSync(join(folder, 'bundle'), { recursive: true, force: true })
}
