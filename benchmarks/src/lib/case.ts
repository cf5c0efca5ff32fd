/**
 * Takes one measurement and gives a figure in the unit of its row. The lower figure is the better
 * one, everywhere.
 */
export type Sample = () => number | Promise<number>

/** Code that is measured, in a Node process of its own. */
export interface NodeContender {
  /**
   * Loads what it needs, and nothing else: `native` must never have seen an AsyncLocalStorage, so no
   * case file imports a runtime at its top.
   */
  prepare: () => Promise<Sample>
}

/** A function of a script in `python/`, in a Python process of its own. */
export interface PythonContender {
  python: string
  /** The name of the script; that of the suite when left out. */
  script?: string
  /** The module that Python must have. */
  needs?: string
  /** The loop that it runs on. */
  loop: 'asyncio' | 'uvloop'
}

export type Contender = NodeContender | PythonContender

/** What Hocket is held against where there is no rival. */
export interface Limit {
  limit: number
  /** As it reads behind the word "limit". */
  text: string
}

/** One line of the report. */
export interface Row {
  case: string
  unit: string
  /** The contender that is Hocket. */
  hocket: string
  /** The contender that is the rival. */
  peer: string | Limit
  /** The least `peer / hocket` that is asked for: 0.25 allows four times the peer's figure. */
  bar: number
}

/** What is measured together, round by round. One file each. */
export interface Case {
  name: string
  /** The key is the name in the report. */
  contenders: Record<string, Contender>
  rows: readonly Row[]
  /** How often every contender gets a fresh process: what V8 made of the code is luck to a part. */
  processes: number
  /** Samples of every contender in each of its processes. */
  rounds: number
  /** Runs that are thrown away, in ms. With 0 the very first sample counts. */
  warmUpMs: number
}

export function isPython(contender: Contender): contender is PythonContender {
  return 'python' in contender
}
