import { expect, test } from 'vitest'
import { judgeManifest } from '../lib/manifest-rules.mjs'

const good = {
  name: '@hocket/net',
  version: '1.2.3',
  description: 'Sockets',
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19.0' },
  exports: {
    '.': {
      '@hocket/source': './src/index.ts',
      types: './dist/index.d.ts',
      default: './dist/index.js',
    },
    './package.json': './package.json',
  },
  dependencies: { hocket: '1.2.3', undici: '^7.0.0' },
}
const judge = (change: object, folder = 'net') =>
  judgeManifest({ ...good, ...change }, { folder, version: '1.2.3' })

test('a good one', () => {
  expect(judge({})).toEqual([])
  expect(judge({ name: 'hocket' }, 'hocket')).toEqual([])
})

test('a name that is not that of the folder', () => {
  expect(judge({ name: 'net' })).toEqual(['name must be "@hocket/net", is "net"'])
})

test('an install script', () => {
  expect(judge({ scripts: { postinstall: 'x' } })).toEqual([
    'has an install script (postinstall); none may run',
  ])
})

test('an entry without the source condition in front, or deep in src', () => {
  const { types, default: built, '@hocket/source': source } = good.exports['.']
  expect(judge({ exports: { ...good.exports, '.': { types, default: built } } })).toEqual([
    `exports['.'] must begin with the condition @hocket/source`,
  ])
  expect(
    judge({ exports: { ...good.exports, '.': { types, '@hocket/source': source } } }),
  ).toHaveLength(1)
  expect(
    judge({ exports: { ...good.exports, '.': { '@hocket/source': './src/a/b.ts' } } }),
  ).toEqual([`exports['.'] must be a file directly in src, is ./src/a/b.ts`])
})

test('another version of a package of ours', () => {
  expect(judge({ dependencies: { hocket: '^1.0.0' } })).toEqual([
    'depends on hocket ^1.0.0; packages of one release go together: 1.2.3',
  ])
})

test('fields that are missing', () => {
  expect(judge({ description: '', license: undefined, engines: {} })).toEqual([
    'license must be "MIT", is missing',
    'engines.node must be ">=20.19.0", is missing',
    'description is missing',
  ])
})
