/** Arguments that make no sense: one line for the one who typed them, with what to type instead. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** The exit code for it. */
export const USAGE_EXIT = 2
