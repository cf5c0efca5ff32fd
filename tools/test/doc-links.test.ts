import { expect, test } from 'vitest'
import { deadLinks } from '../lib/doc-link-rules.mjs'

test('links to unknown names are dead, with their line', () => {
  const text = [
    '/** See {@link Task}, {@link Task.cancel}, {@link Task#name | its name}, {@link run()}',
    ' * {@link https://example.org a page}, {@link Gone.member}, {@link Local} */',
    'class Local {} // Gone',
  ].join('\n')
  expect(deadLinks(text, (name: string) => ['Task', 'run'].includes(name))).toEqual([
    { target: 'Gone.member', line: 2 },
  ])
})
