import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { KeyboardInterrupt, run } from 'hocket'
import { downloadAddresses } from './addresses.ts'
import { showGallery } from './gallery.ts'
import { describeTerminal } from './terminal.ts'

const USAGE = `Usage: npm start                  download a gallery twice, and see the difference
       npm start -- URL...        download these URLs

  --folder DIR   where files go (default: downloads; the gallery uses DIR/gallery and empties it)
  --limit N      how many URLs at once (default: 16)
  --images N     how many pictures the gallery has (default: 24)
  --help         this text

Exit code: 0 all done, 1 some failed, 2 usage, 130 interrupted;
when all failed for one reason: 2 bad URL, 3 integrity, 4 network, 5 disk.
`

const OPTIONS = {
  folder: { type: 'string', default: 'downloads' },
  limit: { type: 'string', default: '16' },
  images: { type: 'string', default: '24' },
  help: { type: 'boolean', default: false },
} as const

/** Thrown for arguments that make no sense; its message is for the one who typed them. */
class UsageError extends Error {}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true })
    return {
      ...values,
      limit: wholeNumber('--limit', values.limit),
      images: wholeNumber('--images', values.images),
      urls: positionals,
    }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message)
  }
}

function wholeNumber(option: string, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new UsageError(`expected a whole number from 1 to 9999 after ${option}, got '${text}'`)
}

async function main(args: string[]): Promise<number> {
  const { folder, limit, images, urls, help } = readArguments(args)
  const terminal = describeTerminal(process.stdout, process.env)
  const write = (text: string) => void process.stdout.write(text)
  if (help) {
    write(USAGE)
    return 0
  }
  return await run(
    urls.length > 0
      ? downloadAddresses({ urls, folder, limit, terminal, write })
      : showGallery({ images, folder: join(folder, 'gallery'), terminal, write }),
  )
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
    // run() has cancelled and cleaned up everything; a connection that was just being made is not
    // worth waiting for.
    process.exit(130)
  } else throw error
}
