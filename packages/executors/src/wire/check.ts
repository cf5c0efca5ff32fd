import { types } from 'node:util'
import type { Transferable } from 'node:worker_threads'
import { kindOf } from './kinds.ts'
import { isDetached } from './post.ts'
import { forgetTransfer, transferListOf } from './transfer.ts'

/** Between what a value travels. */
export type Medium = 'thread' | 'process'

/** What can't travel, and where in the value it is; the path grows on the way back up. */
export interface Obstacle {
  readonly path: (string | number)[]
  readonly text: string
  readonly cause?: unknown
}

const NOTHING: readonly Transferable[] = []

/** Until here objects are not remembered: a value that comes back to itself gets deeper at each turn. */
const DEEP = 60
/** Until here as well: one object in many places is visited that often. */
const MANY = 100_000
/** The copy itself overflows the stack somewhere beyond; so would we. */
const TOO_DEEP = 1500
/** An array of this length is taken for one with holes, and asked for its keys. */
const LONG = 20_000_000

/**
 * Looks for what can't be copied, without copying. That is several times cheaper than the copy, and
 * keeps a value that fails out of a message that it shares with others.
 */
export class Check {
  declare private readonly _medium: Medium
  declare private _seen: Set<object> | undefined
  declare private _handed: Set<object> | undefined
  declare private _marked: object[] | undefined
  declare private _visits: number

  /** @param handed what is handed over, whether or not it is found to be marked */
  constructor(medium: Medium, handed?: Set<object>) {
    this._medium = medium
    this._seen = undefined
    this._handed = handed
    this._marked = undefined
    this._visits = 0
  }

  /** What is to be handed over, found on the way. */
  get transferList(): readonly Transferable[] {
    return this._handed === undefined ? NOTHING : ([...this._handed] as Transferable[])
  }

  /** The marks that have been found are used up. */
  accept(): void {
    for (const value of this._marked ?? []) forgetTransfer(value)
  }

  find(value: unknown, depth: number): Obstacle | undefined {
    if (typeof value === 'object' && value !== null) return this._findInObject(value, depth)
    if (typeof value === 'function') return no('is a function, and functions stay where they are')
    return typeof value === 'symbol'
      ? no('is a symbol, and symbols stay where they are')
      : undefined
  }

  private _findInObject(value: object, depth: number): Obstacle | undefined {
    if (++this._visits > MANY || depth > DEEP) {
      if (this._seen?.has(value) || depth > TOO_DEEP) return undefined
      this._seen ??= new Set()
      this._seen.add(value)
    }
    if (types.isProxy(value)) return no('is a Proxy, which can be copied by its owner only')
    const list = transferListOf(value)
    if (list !== undefined) {
      const obstacle = this._handOver(value, list)
      if (obstacle !== undefined) return obstacle
    }
    if (Array.isArray(value)) return this._findInArray(value, depth)
    const prototype = Object.getPrototypeOf(value) as object | null
    if (prototype === Object.prototype || prototype === null) return this._findInOwn(value, depth)
    return this._findInInstance(value, prototype, depth)
  }

  private _findInArray(value: readonly unknown[], depth: number): Obstacle | undefined {
    if (value.length > LONG) return this._findInOwn(value, depth)
    for (let index = 0; index < value.length; index++) {
      const item = value[index]
      if (typeof item === 'number' || typeof item === 'string') continue
      const obstacle = this.find(item, depth + 1)
      if (obstacle !== undefined) return at(index, obstacle)
    }
    return undefined
  }

  private _findInOwn(value: object, depth: number): Obstacle | undefined {
    for (const key in value) {
      if (!Object.hasOwn(value, key)) continue
      let item: unknown
      try {
        item = (value as Record<string, unknown>)[key]
      } catch (error) {
        return at(key, {
          path: [],
          text: `has a getter that throws: ${sayError(error)}`,
          cause: error,
        })
      }
      const obstacle = this.find(item, depth + 1)
      if (obstacle !== undefined) return at(key, obstacle)
    }
    return undefined
  }

  private _findInInstance(value: object, prototype: object, depth: number): Obstacle | undefined {
    const kind = kindOf(prototype)
    switch (kind) {
      case undefined:
        return types.isArgumentsObject(value)
          ? no('is an arguments object: send [...arguments]')
          : this._findInOwn(value, depth)
      case 'leaf':
        return undefined
      case 'map':
        return this._findInMap(value as Map<unknown, unknown>, depth)
      case 'set':
        return this._findInSet(value as Set<unknown>, depth)
      case 'buffer':
        return isDetached(value as ArrayBuffer)
          ? no('is an ArrayBuffer that was handed over before')
          : undefined
      case 'view': {
        const view = value as ArrayBufferView
        if (this._medium === 'process' && types.isSharedArrayBuffer(view.buffer)) {
          return no(`is ${nameOf(value)} over shared memory, which processes can't have in common`)
        }
        return view.byteLength === 0 && isDetached(view.buffer)
          ? no(`is ${nameOf(value)} whose buffer was handed over before`)
          : undefined
      }
      case 'error': {
        const obstacle = this.find((value as Error).cause, depth + 1)
        return obstacle === undefined ? undefined : at('cause', obstacle)
      }
      case 'shared':
        return this._medium === 'process'
          ? no("is shared memory, which processes can't have in common")
          : undefined
      case 'local':
        return this._medium === 'process'
          ? no(`is ${nameOf(value)}, which travels between threads only`)
          : undefined
      case 'handed':
        if (this._medium === 'process')
          return no(`is ${nameOf(value)}, which travels between threads only`)
        return this._handed?.has(value)
          ? undefined
          : no(`is ${nameOf(value)}, which is handed over, not copied: transfer(value, [it])`)
      case 'emptied':
        return no(`is ${nameOf(value)}, which would arrive as {}: send what you need of it`)
      case 'refused':
        return no(`is ${nameOf(value)}, which stays where it is${fixFor(value)}`)
    }
  }

  private _findInMap(map: Map<unknown, unknown>, depth: number): Obstacle | undefined {
    let index = 0
    for (const [key, value] of map) {
      const inKey = this.find(key, depth + 1)
      if (inKey !== undefined) return at(`key ${index}`, inKey)
      const inValue = this.find(value, depth + 1)
      if (inValue !== undefined)
        return at(typeof key === 'string' ? `get('${key}')` : `entry ${index}`, inValue)
      index++
    }
    return undefined
  }

  private _findInSet(set: Set<unknown>, depth: number): Obstacle | undefined {
    let index = 0
    for (const item of set) {
      const obstacle = this.find(item, depth + 1)
      if (obstacle !== undefined) return at(`item ${index}`, obstacle)
      index++
    }
    return undefined
  }

  private _handOver(value: object, list: readonly Transferable[]): Obstacle | undefined {
    this._marked ??= []
    this._marked.push(value)
    if (this._medium !== 'thread') return undefined
    for (const each of list as readonly unknown[]) {
      if (typeof each !== 'object' || each === null)
        return no('has something in its transfer list that is not an object')
      if (types.isSharedArrayBuffer(each))
        return no('has shared memory in its transfer list: it is shared without')
      if (types.isAnyArrayBuffer(each) && isDetached(each))
        return no('has a buffer in its transfer list that was handed over before')
      this._handed ??= new Set()
      this._handed.add(each)
    }
    return undefined
  }
}

function no(text: string): Obstacle {
  return { path: [], text }
}

function at(key: string | number, obstacle: Obstacle): Obstacle {
  obstacle.path.unshift(key)
  return obstacle
}

function fixFor(value: object): string {
  return types.isPromise(value) ? ': await it first' : ''
}

function nameOf(value: object): string {
  const made: unknown = (value as { constructor?: { name?: unknown } }).constructor?.name
  // Generators have no class of their own, and hosts' classes not always a tag.
  const tag = Object.prototype.toString.call(value).slice(8, -1)
  const name = typeof made === 'string' && tag === 'EventTarget' ? made : tag
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

function sayError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
