/** What a foreign error says, in one line; Node leaves the message of some of them empty. */
export function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  if (error instanceof AggregateError && error.errors.length > 0) {
    // One error for each address that was tried (IPv6, IPv4).
    return error.errors.map(describeCause).join('; ')
  }
  return (error as NodeJS.ErrnoException).code ?? error.name
}
