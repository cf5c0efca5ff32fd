import { join } from 'node:path'

/**
 * From which number on a name may be free, by folder. A server that calls all its files alike would
 * have each of them ask for all the names of those before it.
 */
export class NextNumbers {
  private readonly numbers: Map<string, number> = new Map()

  of(folder: string, name: string): number {
    return this.numbers.get(join(folder, name)) ?? 0
  }

  /** The name with that number is taken. */
  taken(folder: string, name: string, count: number): void {
    const path = join(folder, name)
    this.numbers.set(path, Math.max(count + 1, this.numbers.get(path) ?? 0))
  }
}
