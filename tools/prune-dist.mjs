// Removes built files whose source is gone: tsc leaves them, and they would be published.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { publishedPackages } from './lib/run.mjs'

for (const { folder } of publishedPackages()) {
  const dist = join(folder, 'dist')
  if (!existsSync(dist)) continue
  for (const path of readdirSync(dist, { recursive: true })) {
    const stem = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(path)?.[1]
    if (stem === undefined || existsSync(join(folder, 'src', `${stem}.ts`))) continue
    rmSync(join(dist, path))
    console.log(`removed ${join(dist, path)}`)
  }
}
