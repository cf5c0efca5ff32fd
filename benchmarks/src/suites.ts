import type { Case } from './lib/case.ts'

const suites: Record<string, () => Promise<readonly Case[]>> = {
  core: async () => (await import('./core/cases.ts')).cases,
  download: async () => (await import('./download/cases.ts')).cases,
  executors: async () => (await import('./executors/cases.ts')).cases,
  http: async () => (await import('./http/cases.ts')).cases,
  primitives: async () => (await import('./primitives/cases.ts')).cases,
}

export const suiteNames: readonly string[] = Object.keys(suites)

/** The cases of a suite, or undefined where there is none of that name. */
export async function findSuite(name: string): Promise<readonly Case[] | undefined> {
  return Object.hasOwn(suites, name) ? await suites[name]?.() : undefined
}

/** @throws Error if there is no such case */
export async function findCase(suite: string, name: string): Promise<Case> {
  const found = (await findSuite(suite))?.find((one) => one.name === name)
  if (found === undefined) throw new Error(`the suite ${suite} has no case '${name}'`)
  return found
}
