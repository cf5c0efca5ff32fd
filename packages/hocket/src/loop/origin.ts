const stacks = new WeakMap<object, string | undefined>()

/** Debug mode: remembers where a task or handle is being created. */
export function noteCreation(created: object): void {
  stacks.set(created, new Error('created').stack)
}

export function creationStackOf(created: object): string | undefined {
  return stacks.get(created)
}
