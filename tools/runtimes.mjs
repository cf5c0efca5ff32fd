// `npm run test:runtimes [-- MAJOR...]`: the same tests on every Node that the packages support.
// The Nodes are packages of the npm registry, kept in .runtimes/.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './lib/root.mjs'
import { bin, captureNode } from './lib/run.mjs'
import { countTests, summary } from './lib/test-counts.mjs'

const supported = ['20', '22', '24', '26']
const chosen = process.argv.slice(2)
const unknown = chosen.find((major) => !supported.includes(major))
if (unknown !== undefined) {
  console.error(`Expected one of Node ${supported.join(', ')}, got ${unknown}.`)
  process.exit(2)
}

let failed = false
for (const major of chosen.length > 0 ? chosen : supported) {
  const node = await getNode(major)
  const { output: version } = await captureNode(['--version'], { node })
  const { counts, output, seconds } = await runTests(node)
  console.log(`Node ${version.trim()}: ${summary(counts)} in ${seconds} s`)
  if (counts.failed > 0) {
    failed = true
    console.log(output.replace(/^/gm, '    '))
  }
}
process.exitCode = failed ? 1 : 0

/** The path of a Node of that major version; this process's own where it is one. */
async function getNode(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath
  const folder = join(root, '.runtimes', major)
  // The package `node` picks one of these by an install script, which npm no longer runs unasked.
  const { platform, arch } = process
  const system = platform === 'win32' ? 'win' : platform
  const name = `node${platform === 'darwin' && arch === 'arm64' ? '-bin' : ''}-${system}-${arch}`
  const node = join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(node)) return node
  console.log(`Node ${major}: installing ${name} into .runtimes/${major} …`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = process.env.npm_execpath
  if (npm === undefined) {
    console.error('Start this by `npm run test:runtimes`: it needs npm to get a Node.')
    process.exit(2)
  }
  const installed = await captureNode(
    [npm, 'install', '--prefix', folder, '--no-audit', '--no-fund', `${name}@${major}`],
    { cwd: folder },
  )
  if (installed.code !== 0 || !existsSync(node)) {
    console.error(`${installed.output}npm could not install ${name}@${major}; see above.`)
    process.exit(1)
  }
  return node
}

async function runTests(node) {
  const folder = mkdtempSync(join(tmpdir(), 'hocket-runtimes-'))
  const report = join(folder, 'report.json')
  const started = performance.now()
  const { code, output } = await captureNode(
    [bin('vitest'), 'run', '--reporter=dot', '--reporter=./tools/lib/test-report.mjs'],
    { node, env: { ...process.env, HOCKET_TEST_REPORT: report } },
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const counts = countTests(
    existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null,
    code,
  )
  rmSync(folder, { recursive: true })
  return { counts, output, seconds }
}
