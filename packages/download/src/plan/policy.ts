/**
 * When a run ends because of files that failed: `keep-going` never, `fail-fast` at the first one, a
 * number when so many have failed.
 */
export type FailurePolicy = 'keep-going' | 'fail-fast' | { readonly maxFailures: number }

/** How many files may fail before the others are given up. */
export function failuresAllowed(policy: FailurePolicy): number {
  if (policy === 'keep-going') return Infinity
  if (policy === 'fail-fast') return 0
  const { maxFailures } = policy
  if (!Number.isInteger(maxFailures) || maxFailures < 1) {
    throw new RangeError(`expected a maxFailures of 1 or more, got ${maxFailures}`)
  }
  return maxFailures - 1
}
