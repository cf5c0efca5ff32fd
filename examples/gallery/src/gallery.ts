import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  formatBytes,
  formatDuration,
  LiveLines,
  makeStyler,
  type Styler,
  type Terminal,
} from '@hocket/cli'
import { ClientSession } from '@hocket/http'
import { type Coroutine, coroutine, createTask, sleep } from 'hocket'
import { findWrong } from './compare.ts'
import { Recording } from './recording.ts'
import { type Performance, writeReport } from './report.ts'
import { type Gallery, openGallery } from './server/gallery.ts'
import { drawTimeline, legend } from './timeline.ts'
import { listWays, openPool, type Paths, type Way } from './ways.ts'

const FRAME_MS = 80

/** The first run's scale while it runs; nobody knows yet how long it will take. */
const GUESSED_SPAN_MS = 10_000

export interface GalleryOptions {
  /** How many pictures there are. */
  readonly images: number
  /** Where they go; what was there is deleted first. */
  readonly folder: string
  readonly terminal: Terminal
  readonly write: (text: string) => void
}

/**
 * Downloads a gallery in three ways: one picture after another, in threads by a client that blocks,
 * and as Tasks. Draws the runs on one scale of time, compares every file with its original, and writes
 * a page with all of it. Gives the exit code.
 */
export const showGallery: (options: GalleryOptions) => Coroutine<number> = coroutine(
  async ({ images, folder, terminal, write }: GalleryOptions) => {
    const style = makeStyler(terminal.colour)
    await rm(folder, { recursive: true, force: true })
    await using gallery = await openGallery(images)
    await using pool = openPool()
    await using session = new ClientSession()
    const { originals } = gallery

    const size = formatBytes(originals.reduce((sum, { bytes }) => sum + bytes, 0))
    write(`${images} pictures (${size}), downloaded three times from a server on this machine\n`)
    write('with delays like those of one far away\n')
    for (const { name, flaw } of originals) {
      if (flaw !== null) write(`  ${name} ${FLAWS[flaw]}\n`)
    }
    write(`${legend(style)}\n`)

    const performances: Performance[] = []
    const wrong: string[] = []
    for (const way of listWays(pool)) {
      const span = performances[0]?.duration
      const stage = { gallery, session, terminal, write, style, folder }
      const { performance, paths } = await perform({ ...stage, way, ...(span && { span }) })
      performances.push(performance)
      wrong.push(...(await findWrong(originals, paths, join(folder, way.name))))
    }

    write(`\n${compare(performances, style)}\n`)
    for (const line of wrong) write(`${style('bad', line)}\n`)
    const files = originals.length * performances.length
    const broken = originals.filter(({ flaw }) => flaw === 'broken').length * performances.length
    const good = files - broken - wrong.length
    const verdict = `${good} of ${files - broken} files are byte for byte the originals`
    write(`${style(wrong.length === 0 ? 'good' : 'bad', verdict)}, in ${folder}\n`)
    if (broken > 0) write('and no half a file is left of the broken picture\n')
    write(`The timelines and the pictures: ${await writeReport(folder, originals, performances)}\n`)
    return wrong.length === 0 ? 0 : 1
  },
)

const FLAWS = {
  slow: 'comes slowly',
  busy: 'is refused at first (503), and there at the next attempt',
  broken: 'is broken: the server cuts the connection in the middle of it',
} as const

function compare(performances: readonly Performance[], style: Styler): string {
  const [slowest] = performances
  const lines = performances.map(({ title, duration }) => {
    const line = `${title.padEnd(18)} ${formatDuration(duration).padStart(7)}`
    if (slowest === undefined || duration === slowest.duration) return line
    return `${line}  ${style('bold', `${(slowest.duration / duration).toFixed(1)} times as fast`)}`
  })
  return `${lines.join('\n')}\n`
}

interface Stage {
  readonly gallery: Gallery
  readonly session: ClientSession
  readonly way: Way
  /** Where the folders of all ways are. */
  readonly folder: string
  readonly terminal: Terminal
  readonly write: (text: string) => void
  readonly style: Styler
  /** Milliseconds from edge to edge; by default as long as the run takes. */
  readonly span?: number
}

/** Downloads all pictures one way and draws it, while it happens where the terminal can. */
const perform = coroutine(
  async ({
    gallery,
    session,
    way,
    folder,
    terminal,
    write,
    style,
    span,
  }: Stage): Promise<{ performance: Performance; paths: Paths }> => {
    const { title, explanation, name } = way
    const { originals } = gallery
    await way.prepare?.(gallery.origin)
    const recording = new Recording(
      originals.map((original) => original.name.replace(/\.png$/, '')),
    )
    const { voices } = recording
    const lines = new LiveLines(write, terminal)
    const draw = (now: number, scale: number) => [
      '',
      style('bold', title),
      ...drawTimeline(
        voices,
        { span: Math.max(now, scale), columns: terminal.columns },
        now,
        style,
      ),
    ]

    const painter = createTask(
      repaint(() => {
        const done = voices.filter(({ ended }) => ended !== undefined).length
        // A low terminal gets the numbers now and the picture in the end.
        const isDrawn = lines.draw(draw(recording.now(), span ?? GUESSED_SPAN_MS))
        if (!isDrawn) lines.draw(['', `${style('bold', title)}  ${done} of ${voices.length}`])
      }),
      { name: 'painter' },
    )
    try {
      const urls = originals.map((original) => gallery.urlOf(name, original))
      const paths = await way.visit({ session, urls, folder: join(folder, name), recording })
      const duration = recording.now()
      lines.finish(draw(duration, span ?? duration))
      return { performance: { title, explanation, folder: name, voices, duration }, paths }
    } finally {
      painter.cancel()
      lines.abandon()
    }
  },
)

/** Calls `paint` again and again until it is cancelled. */
const repaint = coroutine(function* (paint: () => void) {
  for (;;) {
    paint()
    yield* sleep(FRAME_MS)
  }
})
