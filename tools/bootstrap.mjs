// The door of every npm script: makes a fresh clone ready, then runs the tool it is given.
// `node tools/bootstrap.mjs tools/test.mjs ARG...` imports nothing but Node's own modules, since
// it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { whyInstall } from './lib/install-state.mjs'
import { whyNotThisNode } from './lib/node-version.mjs'
import { root } from './lib/root.mjs'

const problem = whyNotThisNode(process.versions.node)
if (problem !== null) fail(problem)

const [tool, ...args] = process.argv.slice(2)
if (tool === undefined) fail('usage: node tools/bootstrap.mjs TOOL [ARG...]')

if (whyInstall(root) !== null) install()

process.chdir(root)
process.argv = [process.execPath, resolve(root, tool), ...args]
await import(pathToFileURL(resolve(root, tool)).href)

function install() {
  process.stderr.write('Installing the development packages (once, about half a minute) …\n')
  // No package here needs its install script, so none is run.
  const flags = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = process.env.npm_execpath
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 }
  const done = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync('npm', flags, { ...options, shell: process.platform === 'win32' })
  if (done.status === 0) {
    const left = whyInstall(root)
    if (left !== null) fail(`npm ci ended well, but ${left}. Delete node_modules and try again.`)
    return
  }
  process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  fail(`npm ci failed (${done.error?.message ?? `exit code ${done.status}`}); its output is above.`)
}

function fail(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}
