import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatBytes, formatDuration } from '@hocket/cli'
import type { Original } from './server/gallery.ts'
import type { Voice } from './timeline.ts'

/** One way of downloading, as it went. */
export interface Performance {
  readonly title: string
  /** What is done, in a sentence. */
  readonly explanation: string
  /** The folder of its files, beside the report. */
  readonly folder: string
  readonly voices: readonly Voice[]
  /** Milliseconds, all in all. */
  readonly duration: number
}

/** Writes `report.html`, which needs nothing but the pictures beside it; gives its path. */
export async function writeReport(
  folder: string,
  originals: readonly Original[],
  performances: readonly Performance[],
): Promise<string> {
  const path = join(folder, 'report.html')
  await writeFile(path, page(originals, performances))
  return path
}

function page(originals: readonly Original[], performances: readonly Performance[]): string {
  const span = Math.max(...performances.map(({ duration }) => duration))
  const size = formatBytes(originals.reduce((sum, { bytes }) => sum + bytes, 0))
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>One gallery, three ways</title>
<style>${style}</style>
<h1>One gallery, ${performances.length} ways</h1>
<p>${originals.length} pictures, ${size}, from a server on this machine with the delays of one far away. One picture is
slow, one is refused at first, and one is broken: no way leaves half a file of it.</p>
${totals(performances)}
<p class="legend"><i class="waiting"></i>waiting <i class="receiving"></i>receiving <i class="failed"></i>failed</p>
${performances.map((performance) => timeline(performance, span)).join('\n')}
${pictures(originals, performances.at(-1))}
</html>
`
}

function totals(performances: readonly Performance[]): string {
  const slowest = performances[0]?.duration ?? 0
  const rows = performances.map(({ title, explanation, duration }) => {
    const speedUp = duration === slowest ? '' : `${(slowest / duration).toFixed(1)} times as fast`
    return `<tr><th>${escapeHtml(title)}<td>${formatDuration(duration)}<td>${speedUp}<td>${escapeHtml(explanation)}`
  })
  return `<table class="totals">\n${rows.join('\n')}\n</table>`
}

function timeline({ title, voices, duration }: Performance, span: number): string {
  const rows = voices.map((voice) => `<tr><th>${escapeHtml(voice.name)}<td>${bar(voice, span)}`)
  const axis = `<tr class="axis"><th><td>${ticks(span)}`
  return `<h2>${escapeHtml(title)} <small>${formatDuration(duration)}</small></h2>
<table class="timeline">\n${rows.join('\n')}\n${axis}\n</table>`
}

function bar({ asked, firstByte, ended, failed }: Voice, span: number): string {
  if (asked === undefined || ended === undefined) return ''
  const part = (kind: string, from: number, to: number) =>
    `<b class="${kind}" style="left:${percent(from, span)};width:${percent(to - from, span)}"></b>`
  const received = firstByte ?? ended
  const what = failed === true ? 'failed after' : 'took'
  const title = `${what} ${formatDuration(ended - asked)}, from ${formatDuration(asked)} on`
  return `<div class="bar" title="${title}">${part('waiting', asked, received)}${part(failed === true ? 'failed' : 'receiving', received, ended)}</div>`
}

function ticks(span: number): string {
  const seconds = span / 1_000
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60].find((it) => seconds / it <= 12) ?? 120
  const marks: string[] = []
  for (let index = 0; index * step <= seconds; index++) {
    const at = Number((index * step).toFixed(1))
    marks.push(`<span style="left:${percent(at * 1_000, span)}">${at} s</span>`)
  }
  return `<div class="bar">${marks.join('')}</div>`
}

function pictures(originals: readonly Original[], performance: Performance | undefined): string {
  if (performance === undefined) return ''
  const figures = originals
    .filter(({ flaw }) => flaw !== 'broken')
    .map(({ name, bytes }) => {
      const source = encodeURI(`${performance.folder}/${name}`)
      return `<figure><img src="${source}" alt="" loading="lazy"><figcaption>${escapeHtml(name)} <small>${formatBytes(bytes)}</small></figcaption></figure>`
    })
  return `<h2>The pictures</h2>\n<div class="pictures">\n${figures.join('\n')}\n</div>`
}

function percent(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(3)}%`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const style = `
:root { color-scheme: light dark; --rest: light-dark(#eee, #262a31); --waiting: #e0a526; --receiving: #1f9d94; --failed: #d1483e }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 68rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.7rem; margin-bottom: .3rem } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem }
small { font-weight: normal; opacity: .7 }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: normal; white-space: nowrap }
.totals { width: auto } .totals td, .totals th { padding: .15rem 1.5rem .15rem 0; vertical-align: top } .totals th { font-weight: 600 }
.timeline th { width: 9.5rem; font-size: .78rem; padding: 0 } .timeline td { padding: 0 }
.bar { position: relative; height: .8rem; margin: .09rem 0; background: var(--rest); border-radius: 2px }
.bar b { position: absolute; top: 0; bottom: 0; min-width: 2px } .axis .bar { background: none; height: 1.2rem; font-size: .75rem }
.axis span { position: absolute; border-left: 1px solid currentColor; padding-left: .2rem; opacity: .7 }
.waiting { background: var(--waiting) } .receiving { background: var(--receiving) } .failed { background: var(--failed) }
.legend i { display: inline-block; width: 1.6rem; height: .7rem; border-radius: 2px; margin: 0 .3rem 0 1rem } .legend i:first-child { margin-left: 0 }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .8rem }
figure { margin: 0 } img { width: 100%; aspect-ratio: 4/3; object-fit: cover; border-radius: 4px } figcaption { font-size: .75rem }
`
