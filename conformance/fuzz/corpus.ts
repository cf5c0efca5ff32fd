import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Trace } from '../src/trace.ts'
import type { Program } from './language/program.ts'

/** A random program and what CPython does with it. */
export interface Entry {
  readonly program: Program
  readonly trace: Trace
}

const path = join(import.meta.dirname, 'corpus.json.br')

/** The programs that are kept, so that nobody needs a Python to be sure of them. */
export function readCorpus(): Entry[] {
  return JSON.parse(brotliDecompressSync(readFileSync(path)).toString('utf8')) as Entry[]
}

export function writeCorpus(entries: readonly Entry[]): void {
  const text = Buffer.from(JSON.stringify(entries))
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  }
  writeFileSync(path, brotliCompressSync(text, { params }))
}
