import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Downloaded, download } from '@hocket/download'
import { type Coroutine, coroutine, createTask, sleep } from 'hocket'
import { findDifferent } from './compare.ts'
import { formatBytes, formatDuration } from './format.ts'
import { Recording } from './recording.ts'
import { type Original, openGallery } from './server/gallery.ts'
import { LiveLines, makeStyler, type Styler, type Terminal } from './terminal.ts'
import { drawTimeline, legend } from './timeline.ts'

const FRAME_MS = 80

/** The first run's scale while it runs; nobody knows yet how long it will take. */
const GUESSED_SPAN_MS = 6_000

export interface GalleryOptions {
  /** How many pictures there are. */
  readonly images: number
  /** Where they go; what was there is deleted first. */
  readonly folder: string
  readonly terminal: Terminal
  readonly write: (text: string) => void
}

/** One way to get all the pictures into a folder. */
type Way = (originals: Original[], folder: string, recording: Recording) => Coroutine<Downloaded[]>

const oneAfterAnother: Way = coroutine(async (originals, folder, recording) => {
  const files: Downloaded[] = []
  for (const [index, { url }] of originals.entries()) {
    files.push(await download(url, { folder, onEvent: recording.listener(index) }))
  }
  return files
})

const asTasks: Way = coroutine(async (originals, folder, recording) => {
  const tasks = originals.map(({ url, name }, index) =>
    createTask(download(url, { folder, onEvent: recording.listener(index) }), { name }),
  )
  const files: Downloaded[] = []
  for (const task of tasks) files.push(await task)
  return files
})

/**
 * Downloads a gallery twice, one picture after another and then all of them as Tasks, shows both
 * runs on one scale of time, and compares every file with its original. Gives the exit code.
 */
export const showGallery: (options: GalleryOptions) => Coroutine<number> = coroutine(
  async ({ images, folder, terminal, write }: GalleryOptions) => {
    const style = makeStyler(terminal.colour)
    await rm(folder, { recursive: true, force: true })
    await using gallery = await openGallery(images)
    const { originals } = gallery

    const size = formatBytes(originals.reduce((sum, { bytes }) => sum + bytes, 0))
    write(`${images} pictures (${size}), downloaded twice from a server on this machine\n`)
    write('with delays like those of one far away\n')
    write(`${legend(style)}\n`)

    const stage = { originals, terminal, write, style }
    const slow = await perform({
      ...stage,
      title: 'One after another',
      way: oneAfterAnother,
      folder: join(folder, 'one-after-another'),
    })
    const fast = await perform({
      ...stage,
      title: 'As Tasks',
      way: asTasks,
      folder: join(folder, 'as-tasks'),
      span: slow.duration,
    })

    const speedUp = (slow.duration / fast.duration).toFixed(1)
    write(`\nOne after another  ${formatDuration(slow.duration)}\n`)
    write(`As Tasks           ${formatDuration(fast.duration)}`)
    write(`  ${style('bold', `${speedUp} times as fast`)}\n\n`)

    const different = [
      ...(await findDifferent(originals, slow.files)),
      ...(await findDifferent(originals, fast.files)),
    ]
    for (const path of different) write(style('bad', `${path} is not the original\n`))
    const same = 2 * images - different.length
    const verdict = `${same} of ${2 * images} files are byte for byte the originals`
    write(`${style(different.length === 0 ? 'good' : 'bad', verdict)}, in ${folder}\n`)
    return different.length === 0 ? 0 : 1
  },
)

interface Performance {
  readonly title: string
  readonly way: Way
  readonly originals: Original[]
  readonly folder: string
  readonly terminal: Terminal
  readonly write: (text: string) => void
  readonly style: Styler
  /** Milliseconds from edge to edge; by default as long as the run takes. */
  readonly span?: number
}

/** Downloads all pictures one way and draws it, while it happens where the terminal can. */
const perform = coroutine(
  async ({ title, way, originals, folder, terminal, write, style, span }: Performance) => {
    const recording = new Recording(originals.map(({ name }) => name.replace(/\.png$/, '')))
    const lines = new LiveLines(write, terminal)
    const draw = (now: number, scale: number) => [
      '',
      style('bold', title),
      ...drawTimeline(
        recording.voices,
        { span: Math.max(now, scale), columns: terminal.columns },
        now,
        style,
      ),
    ]

    const painter = createTask(
      repaint(() => {
        const done = recording.voices.filter(({ ended }) => ended !== undefined).length
        // A low terminal gets the numbers now and the picture in the end.
        const isDrawn = lines.draw(draw(recording.now(), span ?? GUESSED_SPAN_MS))
        if (!isDrawn) lines.draw(['', `${style('bold', title)}  ${done} of ${originals.length}`])
      }),
      { name: 'painter' },
    )
    try {
      const files = await way(originals, folder, recording)
      const duration = recording.now()
      lines.finish(draw(duration, span ?? duration))
      return { files, duration }
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
