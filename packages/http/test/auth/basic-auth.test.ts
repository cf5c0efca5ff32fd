import { describe, expect, test } from 'vitest'
import { BasicAuth } from '../../src/auth/basic-auth.ts'

describe('BasicAuth', () => {
  test('encodes as RFC 7617 does', () => {
    expect(new BasicAuth('Aladdin', 'open sesame').encode()).toBe(
      'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
    )
    expect(new BasicAuth('test', '123\u00a3').encode()).toBe('Basic dGVzdDoxMjPCow==')
    expect(new BasicAuth('test', '123\u00a3', 'latin1').encode()).toBe('Basic dGVzdDoxMjOj')
    expect(new BasicAuth('', '').encode()).toBe('Basic Og==')
  })

  test.each(['', 'pass', 'with:colon', '\u00e9\u20ac'])(
    'decodes what it has encoded: %j',
    (password) => {
      const decoded = BasicAuth.decode(new BasicAuth('user', password).encode())
      expect(decoded).toMatchObject({ login: 'user', password })
    },
  )

  test.each(['', 'Basic', 'Basic dXNlcg==', 'Bearer dXNlcjpw', 'Basic dXNlcjpw x', 'Basic !!'])(
    'refuses %j',
    (header) => {
      expect(() => BasicAuth.decode(header)).toThrow(RangeError)
    },
  )

  test('takes what a URL has', () => {
    expect(BasicAuth.fromUrl('http://us%65r:p%3Ass@host/')).toMatchObject({
      login: 'user',
      password: 'p:ss',
    })
    expect(BasicAuth.fromUrl('http://user@host/')).toMatchObject({ login: 'user', password: '' })
    expect(BasicAuth.fromUrl('http://host/')).toBeNull()
    expect(() => BasicAuth.fromUrl('http://a%3Ab@host/')).toThrow(RangeError)
  })

  test('refuses what it could not tell apart, and shows no password', () => {
    expect(() => new BasicAuth('a:b')).toThrow(RangeError)
    expect(() => new BasicAuth('a', '\u20ac', 'latin1')).toThrow(RangeError)
    expect(String(new BasicAuth('a', 'secret'))).toBe('<BasicAuth a>')
  })
})
