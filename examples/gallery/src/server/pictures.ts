import { type Colour, encodePng } from './png.ts'
import { seededRandom } from './random.ts'

/** One picture of the gallery, as a file. */
export interface Picture {
  readonly name: string
  readonly png: Buffer
}

/** Gives the colour of a point; both coordinates go from -1 to 1 over the shorter side. */
type Painter = (x: number, y: number) => Colour

type Random = () => number

const KINDS: [name: string, make: (random: Random) => Painter][] = [
  ['mandelbrot', mandelbrot],
  ['plasma', plasma],
  ['julia', julia],
  ['sunset', sunset],
  ['ripples', ripples],
  ['stained-glass', stainedGlass],
]

/** Paints `count` different pictures, the same ones every time: about 20 to 300 KB each. */
export function paintGallery(count: number): Picture[] {
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(index + 1)
    const [kind, make] = KINDS[index % KINDS.length] as (typeof KINDS)[number]
    const width = Math.round(260 + random() * 200)
    const height = Math.round(width * (0.6 + random() * 0.3))
    const painter = make(random)
    const scale = 2 / Math.min(width, height)
    const png = encodePng(width, height, (x, y) =>
      painter((x - width / 2) * scale, (y - height / 2) * scale),
    )
    return { name: `${kind}-${String(index + 1).padStart(2, '0')}.png`, png }
  })
}

function mandelbrot(random: Random): Painter {
  const palette = makePalette(random)
  // Places on the edge of the set, where there is something to see at this zoom.
  const places = [
    [-0.5, 0, 1.3],
    [-0.745, 0.113, 0.02],
    [-0.7436, 0.1318, 0.012],
    [0.285, 0.01, 0.02],
    [-0.16, 1.035, 0.04],
  ] as const
  const [left, top, zoom] = places[Math.floor(random() * places.length)] ?? places[0]
  return (x, y) => palette(escapeTime(0, 0, left + x * zoom, top + y * zoom))
}

function julia(random: Random): Painter {
  const palette = makePalette(random)
  const angle = random() * 2 * Math.PI
  const [real, imaginary] = [0.7885 * Math.cos(angle), 0.7885 * Math.sin(angle)]
  return (x, y) => palette(escapeTime(x * 1.3, y * 1.3, real, imaginary))
}

/** How fast z² + c leaves the circle from z: a smooth number of steps, or Infinity. */
function escapeTime(zx: number, zy: number, cx: number, cy: number): number {
  const most = 120
  for (let step = 0; step < most; step++) {
    const size = zx * zx + zy * zy
    if (size > 64) return step + 1 - Math.log2(Math.log2(size) / 2)
    const next = zx * zx - zy * zy + cx
    zy = 2 * zx * zy + cy
    zx = next
  }
  return Number.POSITIVE_INFINITY
}

function plasma(random: Random): Painter {
  const palette = makePalette(random)
  const waves = Array.from({ length: 5 }, () => ({
    x: (random() - 0.5) * 9,
    y: (random() - 0.5) * 9,
    phase: random() * 7,
  }))
  return (x, y) => {
    let sum = 0
    for (const wave of waves) sum += Math.sin(wave.x * x + wave.y * y + wave.phase)
    return palette(10 + 4 * sum)
  }
}

function sunset(random: Random): Painter {
  const sunX = random() - 0.5
  const horizon = 0.2 + random() * 0.3
  const haze = random() * 0.3
  const grain = seededRandom(Math.floor(random() * 2 ** 32))
  return (x, y) => {
    const water = y > horizon
    // Water mirrors the sky, in stripes that grow towards the viewer.
    const height = water ? horizon - (y - horizon) * 1.4 : y
    const wave = water ? 0.06 * Math.sin(90 / (y - horizon + 0.3)) : 0
    const toSun = Math.hypot(x - sunX + wave, height - horizon + 0.25)
    const glow = toSun < 0.16 ? 1 : 0.75 * Math.exp(-2 * (toSun - 0.16))
    const night = Math.max(0, (horizon - height) * 0.5)
    const shade = (water ? 0.75 : 1) + (grain() - 0.5) * 0.025
    return [
      (0.55 + glow * 0.6 - night * 0.5) * shade,
      (0.2 + haze + glow * 0.5 - night * 0.25) * shade,
      (0.35 + night * 0.4 + glow * 0.1) * shade,
    ]
  }
}

function ripples(random: Random): Painter {
  const palette = makePalette(random)
  const stones = Array.from({ length: 3 }, () => ({
    x: (random() - 0.5) * 2.4,
    y: (random() - 0.5) * 2,
    waves: 14 + random() * 22,
  }))
  return (x, y) => {
    let sum = 0
    for (const stone of stones) {
      const distance = Math.hypot(x - stone.x, y - stone.y)
      sum += Math.sin(distance * stone.waves) / (1 + 2 * distance)
    }
    return palette(12 + 6 * sum)
  }
}

function stainedGlass(random: Random): Painter {
  const palette = makePalette(random)
  const panes = Array.from({ length: 28 }, () => ({
    x: (random() - 0.5) * 3.2,
    y: (random() - 0.5) * 2.4,
    colour: random() * 40,
  }))
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    let colour = 0
    for (const pane of panes) {
      const distance = Math.hypot(x - pane.x, y - pane.y)
      if (distance < nearest) {
        second = nearest
        nearest = distance
        colour = pane.colour
      } else if (distance < second) second = distance
    }
    const lead = second - nearest < 0.03
    return lead ? [0.08, 0.08, 0.1] : palette(colour + nearest * 3)
  }
}

/** Colours that go round smoothly with a number; what never ends is nearly black. */
function makePalette(random: Random): (value: number) => Colour {
  const start = random() * 2 * Math.PI
  const spread = 0.6 + random() * 0.9
  const channel = (value: number, shift: number) =>
    0.52 + 0.42 * Math.sin(start + value * 0.22 + shift * spread)
  return (value) =>
    Number.isFinite(value)
      ? [channel(value, 0), channel(value, 1), channel(value, 2)]
      : [0.02, 0.02, 0.05]
}
