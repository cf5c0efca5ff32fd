import { expect, test } from 'vitest'
import { parseChallenges, parsePairs } from '../../src/auth/challenge.ts'

const plain = (header: string) =>
  parseChallenges(header).map(({ scheme, params }) => [scheme, Object.fromEntries(params)])

test.each<[string, unknown[]]>([
  ['', []],
  ['Basic', [['basic', {}]]],
  ['Basic realm="a b"', [['basic', { realm: 'a b' }]]],
  ['Basic realm = x , charset="UTF-8"', [['basic', { realm: 'x', charset: 'UTF-8' }]]],
  ['Digest realm="a \\"b\\" \\\\ c, d=e"', [['digest', { realm: 'a "b" \\ c, d=e' }]]],
  [
    'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple"',
    [
      ['newauth', { realm: 'apps', type: '1', title: 'Login to "apps"' }],
      ['basic', { realm: 'simple' }],
    ],
  ],
  [
    'Negotiate, Basic realm="x"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
    ],
  ],
  [
    'Negotiate oYG2MIGz+/==, Digest nonce=1',
    [
      ['negotiate', {}],
      ['digest', { nonce: '1' }],
    ],
  ],
  [', ,Digest a=1,, b=2,', [['digest', { a: '1', b: '2' }]]],
  ['Digest a=1, b="unfinished', [['digest', { a: '1' }]]],
])('parses %j', (header, expected) => {
  expect(plain(header)).toEqual(expected)
})

test('reads pairs without a scheme', () => {
  expect(Object.fromEntries(parsePairs('nextnonce="x y", qop=auth, rspauth=""'))).toEqual({
    nextnonce: 'x y',
    qop: 'auth',
    rspauth: '',
  })
})
