import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { root } from './root.mjs'

/** The JavaScript file behind a command of an installed package. */
export function bin(packageName, command = packageName) {
  const folder = join(root, 'node_modules', packageName)
  const manifest = readManifest(folder)
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command]
  if (path === undefined) throw new Error(`${packageName} has no command ${command}`)
  return join(folder, path)
}

/**
 * Runs Node with the terminal handed on and gives the exit code; a death by signal gives 128 + n,
 * as shells do. Each signal reaches the child once, since to a program a second SIGINT means
 * "now, at once":
 *
 * - Ctrl-C in a terminal goes to the whole foreground group, so to the child by itself, and npm
 *   sends it to us once more.
 * - Without a terminal, `exact` gives the child a group of its own; what reaches us is passed on,
 *   and what follows within `sameSignalMs` is the same one.
 * - npm passes SIGTERM on to its shell alone, which dies of it without a word to us.
 */
export function runNode(args, { exact = false, sameSignalMs = 200 } = {}) {
  return new Promise((resolve, reject) => {
    const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
    const detached = exact && !terminal
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', detached })
    const passedOn = new Map()
    const passOn = (signal) => {
      if (signal === 'SIGINT' && terminal) return
      const now = performance.now()
      if (now - passedOn.get(signal) < sameSignalMs) return
      passedOn.set(signal, now)
      child.kill(signal)
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      child.kill('SIGTERM')
    }, 50)
    const settle = () => {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, passOn)
    }
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

/** Runs Node with its output kept; gives the exit code and both streams as one text. */
export function captureNode(args, { node = process.execPath, cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      resolve({
        code: code ?? 128 + (constants.signals[signal] ?? 0),
        output: Buffer.concat(chunks).toString('utf8'),
      })
    })
  })
}

/** Flags that make Node run a TypeScript entry on the packages' sources. */
export const sourceFlags = ['--import', 'tsx', '--conditions=@hocket/source']

/** The published packages: path in the workspace, absolute folder, parsed package.json. */
export function publishedPackages() {
  const { workspaces } = readManifest(root)
  return workspaces
    .map((path) => ({ path, folder: join(root, path), manifest: readManifest(join(root, path)) }))
    .filter(({ manifest }) => manifest.private !== true)
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
