const stacks = new WeakMap<object, string | undefined>()

/** Debug mode: remembers where a task or handle is being created. */
export function noteCreation(created: object): void {
  stacks.set(created, new Error('created').stack)
}

export function creationStackOf(created: object): string | undefined {
  return stacks.get(created)
}

const ours =
  /at (new )?(\w+\.)?#?(noteCreation|\w*Handle|addTimer|callSoon|callSoonThreadsafe|callLater|callAt|addDoneCallback) /

/** The line of the stack that called for it; empty outside debug mode. */
export function creationLineOf(created: object): string {
  const lines = creationStackOf(created)?.split('\n').slice(1) ?? []
  return lines.find((line) => !ours.test(line))?.trim() ?? ''
}
