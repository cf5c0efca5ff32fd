import { RuntimeError } from 'hocket'
import { Future } from '../concurrent/future.ts'
import { lateError } from '../concurrent/late-error.ts'

/** What comes back from the thread that owns the executor. */
export class Answer<T> extends Future<T> {
  readonly #wait: (timeout: number | null) => boolean

  constructor(wait: (timeout: number | null) => boolean) {
    super()
    this.#wait = wait
    this.setRunningOrNotifyCancel()
  }

  protected override _block(timeout: number | null): void {
    if (!this.#wait(timeout)) {
      throw new RuntimeError(
        'resultSync: a process can receive only while its code is suspended: await the future, or use a ThreadPoolExecutor',
        { code: 'ERR_WOULD_BLOCK_LOOP' },
      )
    }
    if (!this.done()) throw lateError(timeout ?? 0)
  }
}
