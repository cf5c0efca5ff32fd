import { isBuiltin } from 'node:module'
import { posix } from 'node:path'

/**
 * What is wrong with one import, or null.
 *
 * `plan` is rooms.json: packages in no order, each with the packages of ours it may import, its
 * rooms from the first to the last, and the folders that may import Node's modules. `file` is
 * `{ owner, path }` with the package's name and the path inside the package, as `src/task/task.ts`.
 * The files in `typesFromAbove` may import types uphill, since their signatures name what is built on
 * them (`EventLoop.createTask` gives a Task). A path outside `src` (a test) may import any room of its own package, and Node.
 */
export function judgeImport(plan, { owner, path }, { specifier, types = false }) {
  const own = plan[owner]
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    if (target.startsWith('../')) {
      return `leaves the package by a relative path. Import other packages by their name.`
    }
    if (!path.startsWith('src/')) return null
    return types && own.typesFromAbove?.includes(path) ? null : judgeRooms(own, path, target)
  }
  if (own.internal?.[specifier] !== undefined) {
    return path.startsWith('src/') ? judgeRooms(own, path, `src/${own.internal[specifier]}/`) : null
  }
  if (isBuiltin(specifier)) {
    if (!path.startsWith('src/')) return null
    const folder = posix.dirname(path.slice('src/'.length))
    const inside = own.node.some((free) => free === '.' || `${folder}/`.startsWith(`${free}/`))
    if (inside) return null
    const where = own.node.length > 0 ? `only ${own.node.join(', ')} may` : 'this package may not'
    return `is a module of Node, and ${where} import those. Put what needs it behind the host.`
  }
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === owner) {
    return path.startsWith('src/')
      ? `is the package itself. Import the file by a relative path.`
      : null
  }
  if (plan[name] === undefined || own.packages.includes(name) || !path.startsWith('src/')) {
    return null
  }
  const allowed = own.packages.length > 0 ? own.packages.join(', ') : 'none'
  return `is not below ${owner}, which may import of ours: ${allowed}.`
}

function judgeRooms(own, path, target) {
  if (!target.startsWith('src/')) {
    return `leaves src. What is published may import only what is published.`
  }
  const from = roomOf(own, path)
  const to = roomOf(own, target)
  if (from === null) return strangeRoom(own, path)
  if (to === null) return strangeRoom(own, target)
  if (own.rooms.indexOf(to) <= own.rooms.indexOf(from)) return null
  return `goes from room ${from} up to room ${to}. The order is ${own.rooms.join(' < ')}; move what both need into a room to the left.`
}

function roomOf(own, path) {
  const parts = path.split('/')
  const room = parts.length === 2 ? '.' : parts[1]
  return own.rooms.includes(room) ? room : null
}

function strangeRoom(own, path) {
  return `has to do with ${path}, which is in no room of tools/rooms.json (${own.rooms.join(', ')}).`
}
