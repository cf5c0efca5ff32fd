/** Throws where a program did not do the work that it is timed for. */
export function check(what: string, got: number, expected: number): void {
  if (got !== expected) throw new Error(`${what}: expected ${expected}, got ${got}`)
}
