/** One turn of Node's own event loop: what was settled before it has been delivered after it. */
export function hostTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/**
 * What has become of `promise` after so many turns of the host. For programs on virtual time that
 * could be stuck: they need a few turns or never end.
 */
export async function outcomeAfter(
  promise: PromiseLike<unknown>,
  turns = 100,
): Promise<'pending' | 'fulfilled' | 'rejected'> {
  let outcome: 'pending' | 'fulfilled' | 'rejected' = 'pending'
  promise.then(
    () => {
      outcome = 'fulfilled'
    },
    () => {
      outcome = 'rejected'
    },
  )
  for (let turn = 0; turn < turns && outcome === 'pending'; turn += 1) await hostTurn()
  return outcome
}

/** The error that `promise` ends with; fails if it ends well. */
export async function errorOf(promise: PromiseLike<unknown>): Promise<Error> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    return error as Error
  }
  throw new Error(`expected a failure, got the value ${String(value)}`)
}
