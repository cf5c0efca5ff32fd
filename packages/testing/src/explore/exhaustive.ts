import { type Choice, cancellationOf, JUMP } from './schedule.ts'
import type { Bounds, Point, Strategy } from './strategy.ts'

/** What was possible at one point. */
interface Alternatives {
  readonly ready: number
  readonly cancellable: readonly number[]
  readonly canJump: boolean
}

const none: readonly number[] = []

/** A schedule: FIFO order, but for the departures of its parents and one of its own. */
interface Node {
  readonly parent: Node | null
  readonly position: number
  readonly choice: Choice
  /** What is left of the bounds. */
  readonly left: Bounds
  /** What was possible after its own departure; known when it has run. */
  seen: Alternatives[]
}

/**
 * Every schedule within the bounds: first FIFO order, then all that depart from it once, then those
 * that do so twice, and so on. What it finds first is among the simplest. Most faults need one or two
 * departures (CHESS, Musuvathi and Qadeer 2007).
 */
export class Exhaustive implements Strategy {
  // Nodes whose children are to be run; those before `#head` are done.
  #queue: Node[] = []
  #head = 0
  #parent: Node | null = null
  // The next child of `#parent`.
  #offset = 0
  #alternative = 0
  #node: Node
  #departures = new Map<number, Choice>()
  #hasBegun = false
  #canDepart = true

  constructor(bounds: Bounds) {
    this.#node = { parent: null, position: -1, choice: 0, left: bounds, seen: [] }
  }

  begin(): boolean {
    if (this.#hasBegun) {
      const next = this.#next()
      if (next === null) return false
      this.#node = next
    }
    this.#hasBegun = true
    this.#departures = new Map()
    for (let node: Node | null = this.#node; node !== null; node = node.parent) {
      this.#departures.set(node.position, node.choice)
    }
    const { left } = this.#node
    this.#canDepart = left.preemptions > 0 || left.cancels > 0 || left.jumps > 0
    return true
  }

  choose(point: Point): Choice {
    const { step } = point
    const node = this.#node
    if (step <= node.position) return this.#departures.get(step) ?? 0
    if (this.#canDepart) {
      node.seen.push({
        ready: node.left.preemptions > 0 ? point.ready : 1,
        cancellable: node.left.cancels > 0 ? point.cancellable() : none,
        canJump: node.left.jumps > 0 && point.canJump(),
      })
    }
    return 0
  }

  again(): void {
    this.#node.seen = []
  }

  end(): void {
    if (this.#canDepart) this.#queue.push(this.#node)
  }

  #next(): Node | null {
    for (;;) {
      if (this.#parent === null) {
        const parent = this.#takeParent()
        if (parent === null) return null
        this.#parent = parent
        this.#offset = 0
        this.#alternative = 0
      }
      const child = this.#nextChild(this.#parent)
      if (child !== null) return child
      this.#parent.seen = []
      this.#parent = null
    }
  }

  #takeParent(): Node | null {
    const parent = this.#queue[this.#head]
    if (parent === undefined) return null
    this.#head += 1
    if (this.#head >= 1024) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    return parent
  }

  #nextChild(parent: Node): Node | null {
    for (; this.#offset < parent.seen.length; this.#offset += 1, this.#alternative = 0) {
      const { ready, cancellable, canJump } = parent.seen[this.#offset] as Alternatives
      const index = this.#alternative
      this.#alternative += 1
      const position = parent.position + 1 + this.#offset
      const { left } = parent
      if (index < ready - 1) {
        const bounds = { ...left, preemptions: left.preemptions - 1 }
        return { parent, position, choice: index + 1, left: bounds, seen: [] }
      }
      const task = cancellable[index - (ready - 1)]
      if (task !== undefined) {
        const bounds = { ...left, cancels: left.cancels - 1 }
        return { parent, position, choice: cancellationOf(task), left: bounds, seen: [] }
      }
      if (canJump && index === ready - 1 + cancellable.length) {
        const bounds = { ...left, jumps: left.jumps - 1 }
        return { parent, position, choice: JUMP, left: bounds, seen: [] }
      }
    }
    return null
  }
}
