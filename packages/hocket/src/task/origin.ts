const stacks = new WeakMap<object, string | undefined>()

/** Debug mode: remembers where `task` is being created. */
export function noteCreation(task: object): void {
  stacks.set(task, new Error('created').stack)
}

export function creationStackOf(task: object): string | undefined {
  return stacks.get(task)
}
