import { describe, expect, test } from 'vitest'
import { RedirectError } from '../../src/errors/client-error.ts'
import { type RedirectInput, stepRedirect } from '../../src/session/redirect-step.ts'

const FROM = 'http://example.org/a/b?q=1'

function step(changes: Partial<Omit<RedirectInput, 'url'>> & { url?: string } = {}) {
  const input = { method: 'GET', isBodySpent: false, status: 302, location: '/next', ...changes }
  return stepRedirect({ ...input, url: new URL(changes.url ?? FROM) })
}

describe('the method and the body', () => {
  test.each<[number, string, string]>([
    [301, 'GET', 'GET'],
    [301, 'POST', 'GET -body'],
    [301, 'PUT', 'PUT'],
    [301, 'HEAD', 'HEAD'],
    [302, 'POST', 'GET -body'],
    [302, 'DELETE', 'DELETE'],
    [303, 'POST', 'GET -body'],
    [303, 'PUT', 'GET -body'],
    [303, 'HEAD', 'HEAD'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
    [308, 'PATCH', 'PATCH'],
  ])('%i after %s: %s', (status, method, expected) => {
    const next = step({ status, method })
    expect(`${next?.method}${next?.dropsBody ? ' -body' : ''}`).toBe(expected)
  })

  test('a body that is gone can go nowhere, and need not where there will be none', () => {
    expect(() => step({ status: 307, method: 'POST', isBodySpent: true })).toThrow(RedirectError)
    expect(() => step({ status: 301, method: 'PUT', isBodySpent: true })).toThrow(RedirectError)
    expect(step({ status: 303, method: 'POST', isBodySpent: true })?.method).toBe('GET')
  })
})

test.each([200, 201, 204, 300, 304, 305, 306, 400])('%i is no redirect', (status) => {
  expect(step({ status })).toBeNull()
})

test('nor is one that does not say where to', () => {
  expect(step({ location: null })).toBeNull()
})

describe('where to', () => {
  test.each([
    ['next', 'http://example.org/a/next'],
    ['/next', 'http://example.org/next'],
    ['?q=2', 'http://example.org/a/b?q=2'],
    ['', 'http://example.org/a/b?q=1'],
    ['//other.org/x', 'http://other.org/x'],
    ['https://other.org', 'https://other.org/'],
    ['../../../x', 'http://example.org/x'],
    ['/a b', 'http://example.org/a%20b'],
    ['/\xc3\xa9', 'http://example.org/%C3%A9'],
    ['/\xe9', 'http://example.org/%C3%A9'],
  ])('%j leads to %s', (location, href) => {
    expect(step({ location })?.url.href).toBe(href)
  })

  test('the fragment goes along, unless there is a new one', () => {
    const url = `${FROM}#old`
    expect(step({ url })?.url.hash).toBe('#old')
    expect(step({ url, location: '/next#new' })?.url.hash).toBe('#new')
  })

  test.each([
    'ftp://example.org/',
    'file:///etc/passwd',
    'javascript:1',
    'data:,x',
    'http://',
    'http://a:99999/',
  ])('not to %j', (location) => {
    expect(() => step({ location })).toThrow(
      expect.objectContaining({ name: 'RedirectError', location }),
    )
  })
})

test.each<[string, string, boolean]>([
  [FROM, '/x', false],
  [FROM, 'http://example.org:80/', false],
  [FROM, 'http://example.org:8080/', true],
  [FROM, 'http://sub.example.org/', true],
  [FROM, 'https://example.org/', false],
  [FROM, 'https://example.org:8443/', true],
  ['http://example.org:8080/', 'https://example.org/', true],
  ['https://example.org/', 'http://example.org/', true],
  [FROM, 'https://example.com/', true],
])('from %s to %s: strips credentials %j', (url, location, expected) => {
  expect(step({ url, location })?.stripsCredentials).toBe(expected)
})

test('a host that was set by hand stays with its server', () => {
  expect(step({ location: '/x' })?.changesHost).toBe(false)
  expect(step({ location: 'https://example.org/' })?.changesHost).toBe(false)
  expect(step({ location: 'http://example.org:81/' })?.changesHost).toBe(true)
})

test('an error shows no password of where it was led', () => {
  expect(() => step({ location: 'ftp://me:secret@host/x' })).toThrow(/got "ftp:\/\/host\/x"$/)
})
