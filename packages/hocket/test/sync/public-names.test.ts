import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src', import.meta.url))
const read = (path: string): string => readFileSync(`${src}/${path}`, 'utf8')
const namesOf = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.replace(/^\s*type\s/, '').trim())
    .filter((name) => name !== '')

const exported = new Set(
  ['index.ts', 'lowlevel.ts'].flatMap((entry) =>
    Array.from(read(entry).matchAll(/export (?:type )?\{([^}]*)\}/g), ([, list]) =>
      namesOf(list ?? ''),
    ).flat(),
  ),
)

// Who builds a primitive outside this package has to be able to do what these do.
test.each(
  ['sync', 'queues'].flatMap((room) =>
    readdirSync(`${src}/${room}`).map((file) => `${room}/${file}`),
  ),
)('%s imports public names only', (path) => {
  const imports = Array.from(
    read(path).matchAll(/import (?:type )?\{([^}]*)\} from '([^']+)'/g),
    ([, list, from]) => ({ names: namesOf(list ?? ''), from: from ?? '' }),
  )
  const others = imports.filter(({ from }) => !/^(\.|\.\.\/(sync|queues))\/[\w-]+\.ts$/.test(from))
  for (const { names } of others) {
    for (const name of names) expect(exported, `${name} in ${path}`).toContain(name)
  }
})
