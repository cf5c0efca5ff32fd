import { moduleFunctions } from '@hocket/executors'

export const jobs = moduleFunctions<typeof import('../fixtures/jobs.ts')>(
  new URL('../fixtures/jobs.ts', import.meta.url),
)

/** What `promise` fails with. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it should have failed')
}

/** Done when a call has told `value` by `progress`. */
export function told(
  call: { addProgressCallback(callback: (value: never) => unknown): void },
  value: unknown,
): Promise<void> {
  return new Promise((resolve) => {
    call.addProgressCallback((each) => {
      if (each === value) resolve()
    })
  })
}
