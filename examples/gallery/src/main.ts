import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeTerminal, get } from '@hocket/cli'
import { KeyboardInterrupt, run } from 'hocket'
import { showGallery } from './gallery.ts'

const FEWEST_COLUMNS = 50
const MOST_IMAGES = 9999
const INTERRUPTED = 130

const USAGE = `Usage: npm start                        download a gallery in three ways, and see the difference
       npm start -- URL... [OPTIONS]    download these URLs, as 'hocket get' does

  --folder DIR   where files go (default: downloads; the gallery uses DIR/gallery and empties it)
  --images N     how many pictures the gallery has (default: 24)
  --help         this text; with a URL, the options of downloads
`

const OPTIONS = {
  folder: { type: 'string', default: 'downloads' },
  images: { type: 'string', default: '24' },
  help: { type: 'boolean', default: false },
} as const

/** Thrown for arguments that make no sense; its message is for the one who typed them. */
class UsageError extends Error {}

function readArguments(args: string[]) {
  try {
    const { folder, images, help } = parseArgs({ args, options: OPTIONS }).values
    if (/^[1-9]\d{0,3}$/.test(images)) return { folder, images: Number(images), help }
    throw new UsageError(
      `expected a whole number from 1 to ${MOST_IMAGES} after --images, got '${images}'`,
    )
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

/** Something is to be downloaded: a URL, or a list of them. */
function isForGet(args: string[]): boolean {
  if (args.some((arg) => /^(-i|--input)/.test(arg))) return true
  return (
    parseArgs({ args, options: OPTIONS, strict: false, allowPositionals: true }).positionals
      .length > 0
  )
}

async function main(args: string[]): Promise<number> {
  if (isForGet(args)) {
    const code = await get(['--folder', OPTIONS.folder.default, ...args], {
      command: 'npm start --',
    })
    // A connection that was just being made is not worth waiting for.
    if (code === INTERRUPTED) process.exit(code)
    return code
  }
  const { folder, images, help } = readArguments(args)
  const write = (text: string) => void process.stdout.write(text)
  if (help) {
    write(USAGE)
    return 0
  }
  const terminal = describeTerminal(process.stdout, process.env, FEWEST_COLUMNS)
  return await run(showGallery({ images, folder: join(folder, 'gallery'), terminal, write }))
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`)
    process.exitCode = 2
  } else if (error instanceof KeyboardInterrupt) {
    // A terminal has just shown ^C, and the cursor stands behind it.
    const newLine = process.stderr.isTTY ? '\n' : ''
    process.stderr.write(`${newLine}interrupted: nothing half-done was left behind\n`)
    process.exit(INTERRUPTED)
  } else throw error
}
