import { expect, test } from 'vitest'
import { stripAuthFromUrl } from '../../src/index.ts'

test.each([
  ['https://example.org/a?b=c@d', 'https://example.org/a?b=c@d'],
  ['https://me:secret@example.org/a', 'https://example.org/a'],
  [new URL('https://me@example.org/a'), 'https://example.org/a'],
  // Of these no URL can be made.
  ['http://me:secret@host:99999/', 'http://host:99999/'],
  ['//me:secret@host/', '//host/'],
  ['http//me:secret@host/', 'http//host/'],
  // This is one, of the scheme `me:`.
  ['me:secret@host/x', 'me:host/x'],
  ['not/a:url@all', 'not/a:url@all'],
])('%s is shown as %s', (given, shown) => {
  expect(stripAuthFromUrl(given)).toBe(shown)
})
