import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { whyInstall } from '../lib/install-state.mjs'
import { whyNotThisNode } from '../lib/node-version.mjs'
import { root } from '../lib/root.mjs'

test('every npm script goes through the bootstrap, so that it runs in a fresh clone', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const others = Object.entries(scripts).filter(
    ([, command]) => !/^node tools\/bootstrap\.mjs tools\/[a-z]+\.mjs\b/.test(command),
  )
  expect(others).toEqual([])
  expect(scripts).toHaveProperty('test')
})

describe('whyNotThisNode', () => {
  test.for(['20.19.0', '20.20.2', '22.0.0', '26.10.0'])('%s is new enough', (version) => {
    expect(whyNotThisNode(version)).toBeNull()
  })

  test.for(['20.18.3', '18.20.0', '9.99.99'])('%s is too old, in one line', (version) => {
    const line = whyNotThisNode(version)
    expect(line).toContain(`this is Node ${version}`)
    expect(line).toContain('20.19.0')
    expect(line).not.toContain('\n')
  })
})

describe('whyInstall', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hocket-setup-'))
    mkdirSync(join(folder, 'node_modules'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const lock = (packages: object) =>
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
  const installed = (packages: object) =>
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages }))

  test('the same packages: nothing to do', () => {
    lock({ '': { name: 'root' }, 'node_modules/a': { version: '1.0.0' } })
    installed({ 'node_modules/a': { version: '1.0.0' } })
    expect(whyInstall(folder)).toBeNull()
  })

  test('nothing installed, or an install that broke off', () => {
    lock({ 'node_modules/a': { version: '1.0.0' } })
    expect(whyInstall(folder)).toBe('nothing is installed yet')
  })

  test('another version, a missing package', () => {
    lock({ 'node_modules/a': { version: '2.0.0' }, 'node_modules/b': { version: '1.0.0' } })
    installed({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0' } })
    expect(whyInstall(folder)).toBe('node_modules/a is 1.0.0, the lockfile wants 2.0.0')
    installed({ 'node_modules/a': { version: '2.0.0' } })
    expect(whyInstall(folder)).toBe('node_modules/b is not installed')
  })

  test('a workspace that is not linked', () => {
    lock({ 'node_modules/w': { link: true }, 'packages/w': { version: '1.0.0' } })
    installed({ 'packages/w': { version: '1.0.0' } })
    expect(whyInstall(folder)).toBe('node_modules/w is not installed')
  })

  test('an optional package for another system may be missing', () => {
    lock({ 'node_modules/a-darwin': { version: '1.0.0', optional: true } })
    installed({})
    expect(whyInstall(folder)).toBeNull()
  })
})
