/** A member of a {@link LinkedList}; the links are the list's, not the member's. */
export interface Linked<T> {
  previous: T | null
  next: T | null
}

/** An intrusive list: a member leaves from the middle at O(1), and joining allocates nothing. */
export class LinkedList<T extends Linked<T>> {
  first: T | null = null
  last: T | null = null

  push(item: T): void {
    item.previous = this.last
    item.next = null
    if (this.last === null) this.first = item
    else this.last.next = item
    this.last = item
  }

  /** Takes out a member; it must be in this list. */
  remove(item: T): void {
    if (item.previous === null) this.first = item.next
    else item.previous.next = item.next
    if (item.next === null) this.last = item.previous
    else item.next.previous = item.previous
    item.previous = null
    item.next = null
  }

  *[Symbol.iterator](): Generator<T, void, undefined> {
    let item = this.first
    while (item !== null) {
      const { next } = item
      yield item
      item = next
    }
  }
}
