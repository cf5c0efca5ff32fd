/**
 * Gives a function that calls `callback` one microtask later, once for all its calls until then, and
 * makes no promise for it. Node 20 and 22 watch each promise for `AsyncLocalStorage`, and a step of
 * native code took 60 ns longer with one; newer Nodes don't, and there this would be the slower way.
 *
 * One promise that never settles is resolved with a thenable, whose `then` the engine calls in a
 * microtask, with new functions to resolve that same promise.
 */
export function createHop(callback: () => void): () => void {
  let resolve!: (thenable: PromiseLike<never>) => void
  let isUnderWay = false
  const begin = () =>
    new Promise<never>((resolveFirst) => {
      resolve = resolveFirst
    })
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: this is what makes it work
    then(resolveAgain: typeof resolve): void {
      resolve = resolveAgain
      isUnderWay = false
      try {
        callback()
      } catch (error) {
        // It rejects the promise, which is of no use any more.
        void begin()
        throw error
      }
    },
  } as PromiseLike<never>
  void begin()
  return () => {
    if (isUnderWay) return
    isUnderWay = true
    resolve(thenable)
  }
}
