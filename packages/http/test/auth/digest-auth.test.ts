import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parsePairs } from '../../src/auth/challenge.ts'
import { DigestAuth, type DigestRequest } from '../../src/auth/digest-auth.ts'

const get = (uri: string): DigestRequest => ({
  method: 'GET',
  uri,
  body: () => {
    throw new Error('nobody has to look at the body')
  },
})

function fieldsOf(header: string | null): Record<string, string | undefined> {
  expect(header).toMatch(/^Digest /)
  return Object.fromEntries(parsePairs(String(header).slice('Digest '.length)))
}

// RFC 7616, 3.9.1 and 3.9.2.
const CNONCE = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
const MUFASA = 'realm="http-auth@example.org", qop="auth, auth-int", '
const NONCE =
  'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'

describe('the examples of RFC 7616', () => {
  test.each([
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
  ])('3.9.1, %s', (algorithm, response) => {
    const auth = new DigestAuth('Mufasa', 'Circle of Life', () => CNONCE)
    expect(auth.challenge(`Digest ${MUFASA}algorithm=${algorithm}, ${NONCE}`)).toEqual({
      isStale: false,
    })
    expect(fieldsOf(auth.authorize(get('/dir/index.html')))).toEqual({
      username: 'Mufasa',
      realm: 'http-auth@example.org',
      uri: '/dir/index.html',
      algorithm,
      nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
      nc: '00000001',
      cnonce: CNONCE,
      qop: 'auth',
      response,
      opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
    })
  })

  test('3.9.2, SHA-512-256 with a hashed user', () => {
    const cnonce = 'NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v'
    const auth = new DigestAuth('J\u00e4s\u00f8n Doe', 'Secret, or not?', () => cnonce)
    auth.challenge(
      'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true',
    )
    // The RFC's own values are those of a draft of SHA-512/256: erratum 4897 has these.
    expect(fieldsOf(auth.authorize(get('/doe.json')))).toMatchObject({
      username: '793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b',
      response: '3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5',
      userhash: 'true',
    })
  })
})

test('RFC 2617 3.5 and RFC 2069 2.4, without a qop', () => {
  const challenge =
    'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"'
  const auth = new DigestAuth('Mufasa', 'Circle Of Life', () => '0a4f113b')
  auth.challenge(`${challenge}, qop="auth,auth-int"`)
  expect(fieldsOf(auth.authorize(get('/dir/index.html')))['response']).toBe(
    '6629fae49393a05397450978507c4ef1',
  )
  const old = new DigestAuth('Mufasa', 'CircleOfLife')
  old.challenge(challenge)
  const fields = fieldsOf(old.authorize(get('/dir/index.html')))
  // Erratum 749 of RFC 2069.
  expect(fields['response']).toBe('1949323746fe6a43ef61f9606e7febea')
  expect(fields).not.toHaveProperty('nc')
  expect(fields).not.toHaveProperty('cnonce')
})

describe('DigestAuth', () => {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex')

  test('counts the uses of a nonce, and begins anew with another one', () => {
    const auth = new DigestAuth('u', 'p')
    expect(auth.authorize(get('/'))).toBeNull()
    expect(auth.hasChallenge).toBe(false)
    auth.challenge('Digest realm=r, nonce=n1, qop=auth')
    const first = fieldsOf(auth.authorize(get('/')))
    const second = fieldsOf(auth.authorize(get('/')))
    expect([first['nc'], second['nc']]).toEqual(['00000001', '00000002'])
    expect(second['cnonce']).not.toBe(first['cnonce'])
    auth.challenge('Digest realm=r, nonce=n1, qop=auth')
    expect(fieldsOf(auth.authorize(get('/')))['nc']).toBe('00000003')
    expect(auth.challenge('Digest realm=r, nonce=n2, qop=auth, stale=TRUE')).toEqual({
      isStale: true,
    })
    expect(fieldsOf(auth.authorize(get('/')))).toMatchObject({ nonce: 'n2', nc: '00000001' })
    auth.info('nextnonce="n3", qop=auth')
    expect(fieldsOf(auth.authorize(get('/')))).toMatchObject({ nonce: 'n3', nc: '00000001' })
  })

  test('-sess: the key is that of the first nonce and cnonce', () => {
    let made = 0
    const auth = new DigestAuth('u', 'p', () => `c${++made}`)
    auth.challenge('Digest realm=r, nonce=n1, algorithm=MD5-sess, qop=auth')
    const key = md5(`${md5('u:r:p')}:n1:c1`)
    for (const nc of ['00000001', '00000002']) {
      expect(fieldsOf(auth.authorize(get('/x')))).toMatchObject({
        algorithm: 'MD5-sess',
        cnonce: 'c1',
        response: md5(`${key}:n1:${nc}:c1:auth:${md5('GET:/x')}`),
      })
    }
    auth.info('nextnonce=n2')
    expect(fieldsOf(auth.authorize(get('/x')))['response']).toBe(
      md5(`${key}:n2:00000001:c1:auth:${md5('GET:/x')}`),
    )
  })

  test('auth-int, where nothing else is offered, protects the body', () => {
    const auth = new DigestAuth('u', 'p', () => 'c')
    auth.challenge('Digest realm=r, nonce=n, qop="auth-int"')
    const request = { method: 'POST', uri: '/', body: () => Buffer.from('body') }
    expect(fieldsOf(auth.authorize(request))).toMatchObject({
      qop: 'auth-int',
      response: md5(`${md5('u:r:p')}:n:00000001:c:auth-int:${md5(`POST:/:${md5('body')}`)}`),
    })
  })

  test('takes the first challenge that it understands', () => {
    const auth = new DigestAuth('u', 'p')
    const offers =
      'Basic realm=x, Digest realm=a, nonce=1, algorithm=WHIRL, Digest realm=b, nonce=2, qop=new, Digest realm=c, Digest realm=d, nonce=4, qop="AUTH", algorithm=sha-256'
    expect(auth.challenge(offers)).not.toBeNull()
    expect(fieldsOf(auth.authorize(get('/')))).toMatchObject({ realm: 'd', algorithm: 'sha-256' })
    expect(auth.challenge('Basic realm=x')).toBeNull()
    auth.reset()
    expect(auth.authorize(get('/'))).toBeNull()
  })

  test('writes quotes and names beyond ASCII so that a header can hold them', () => {
    const auth = new DigestAuth('J\u00e4s\u00f8n (D\u20ace)', 'p')
    auth.challenge('Digest realm="a \\"b\\"", nonce=n')
    const header = String(auth.authorize(get('/?q="')))
    expect(header).toContain(`username*=UTF-8''J%C3%A4s%C3%B8n%20%28D%E2%82%ACe%29`)
    expect(header).toContain('realm="a \\"b\\""')
    expect(fieldsOf(header)).toMatchObject({ realm: 'a "b"', uri: '/?q="' })
  })
})
