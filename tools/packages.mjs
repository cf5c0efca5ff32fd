// Checks each package as npm would publish it: its form, its entries, and that it runs when bundled.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { judgeManifest } from './lib/manifest-rules.mjs'
import { root } from './lib/root.mjs'
import { bin, captureNode, publishedPackages } from './lib/run.mjs'

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const complaints = []

for (const { path, folder, manifest } of publishedPackages()) {
  const complain = (text) => complaints.push(`${path}: ${text}`)
  for (const wrong of judgeManifest(manifest, { folder: path.split('/').at(-1), version })) {
    complain(wrong)
  }
  for (const file of ['LICENSE', 'README.md']) {
    if (!existsSync(join(folder, file))) complain(`has no ${file}; npm publishes the package's own`)
  }
  for (const entry of Object.values(manifest.exports)) {
    for (const file of Object.values(typeof entry === 'string' ? { entry } : entry)) {
      if (!existsSync(join(folder, file))) complain(`exports ${file}, which is not there`)
    }
  }
  for (const entry of Object.keys(manifest.exports)) {
    if (entry.endsWith('.json')) continue
    // The built files, as a user's Node would load them.
    const name = manifest.name + entry.slice(1)
    const { code, output } = await captureNode([
      '--input-type=module',
      '--eval',
      `await import(${JSON.stringify(name)})`,
    ])
    if (code !== 0) complain(`'${name}' does not load\n${output}`)
  }
  for (const command of [
    [bin('publint'), '--strict'],
    [bin('@arethetypeswrong/cli', 'attw'), '--pack', '.', '--profile', 'esm-only'],
  ]) {
    const { code, output } = await captureNode(command, { cwd: folder })
    if (code !== 0) complain(output)
  }
}

for (const wrong of await browserBundle()) complaints.push(`packages/hocket: ${wrong}`)

for (const complaint of complaints) console.log(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0

/**
 * A program that uses a little of the runtime is bundled for a browser: no module of Node may be in
 * it, and it must run, that is: nothing it needs may be shaken off.
 */
async function browserBundle() {
  const wrong = []
  const entry = 'virtual:entry'
  const program = `
    import { createTask, run, sleep } from 'hocket'
    run(async () => {
      const task = createTask(async () => { await sleep(1); return 'all is well' })
      console.log(await task)
    })`
  const { output } = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    resolve: { conditions: ['browser', 'module', 'import'] },
    build: { write: false, rolldownOptions: { input: entry } },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId(id, importer) {
          if (id === entry) return id
          if (id.startsWith('node:')) wrong.push(`a bundle for browsers: ${importer} imports ${id}`)
          return null
        },
        load: (id) => (id === entry ? program : null),
      },
    ],
  })
  const ran = await captureNode(['--input-type=module', '--eval', output[0].code])
  if (ran.output.trim() !== 'all is well') {
    wrong.push(`a bundle for browsers does not run (exit code ${ran.code})\n${ran.output}`)
  }
  return wrong
}
