import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'

/** Who is writing a part file, as its sidecar says. */
export interface Owner {
  readonly host: string
  readonly pid: number
  /** When the process began, as the system counts it: numbers of processes come back. */
  readonly started: string
  readonly thread: number
  /** Of this one part file alone. */
  readonly nonce: string
}

// Shared by all copies of this module in the thread.
const REGISTRY: unique symbol = Symbol.for('hocket.download.owned') as never
const registry = globalThis as { [REGISTRY]?: Set<string> }
registry[REGISTRY] ??= new Set()
const owned: Set<string> = registry[REGISTRY]

let self: Omit<Owner, 'nonce'> | undefined

/** A new owner: this thread, for one part file, until `release`. */
export function beOwner(): Owner {
  self ??= { host: hostname(), pid: process.pid, started: startOf(process.pid), thread: threadId }
  const owner = { ...self, nonce: randomNonce() }
  owned.add(owner.nonce)
  return owner
}

export function release(owner: Owner): void {
  owned.delete(owner.nonce)
}

/**
 * Whether it may still write. What can't be known counts as yes: the file is left alone, and another
 * name is taken.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true
  if (owner.pid === process.pid) {
    // A container gives its processes the same numbers again and again.
    const isSame = owner.started === startOf(process.pid)
    return isSame && (owner.thread !== threadId || owned.has(owner.nonce))
  }
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = startOf(owner.pid)
  return started === '' || owner.started === '' || started === owner.started
}

// Random once, and then counted: that costs a small file nothing.
const prefix = randomBytes(5).toString('hex')
let made = 0

/** Sixteen hexadecimal digits that nobody else has. */
export function randomNonce(): string {
  made = (made + 1) % 0x1000000
  return prefix + made.toString(16).padStart(6, '0')
}

/** Boot and clock tick in which the process began; empty where there is no /proc. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    // The name of the program, in parentheses, may hold spaces; the 22nd field is the 20th after it.
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
