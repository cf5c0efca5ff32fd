const NS_PER_MS = 1_000_000

/** Runs `program` once and gives the ns for each of the `count` things that it does. */
export async function nsPer(count: number, program: () => unknown): Promise<number> {
  const start = performance.now()
  await program()
  return ((performance.now() - start) * NS_PER_MS) / count
}
