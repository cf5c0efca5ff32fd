/**
 * One decision of a schedule: 0 or more runs the handle that many places behind the oldest one that
 * is ready; `JUMP` lets time pass; what is below cancels a task (`cancellationOf`).
 */
export type Choice = number

/** Time jumps to the next deadline, although something is ready. */
export const JUMP: Choice = -1

/** The choice that cancels the task with this number, in the order of creation. */
export function cancellationOf(task: number): Choice {
  return -2 - task
}

/** The number of the task that a choice below `JUMP` cancels. */
export function cancelledBy(choice: Choice): number {
  return -2 - choice
}

const RADIX = 36
// A run of three is as short when it is written out.
const SHORTEST_RUN = 4

/**
 * A schedule as a short string: a digit (base 36) for each handle that was run, `!n` where task n was
 * cancelled, `+` where time passed. `0{12}` is twelve times 0. Beyond the end, all choices are 0.
 */
export function encodeSchedule(choices: readonly Choice[]): string {
  let length = choices.length
  while (length > 0 && choices[length - 1] === 0) length -= 1
  let text = ''
  for (let start = 0; start < length; ) {
    let end = start + 1
    while (end < length && choices[end] === choices[start]) end += 1
    const word = encodeChoice(choices[start] as Choice)
    text += end - start < SHORTEST_RUN ? word.repeat(end - start) : `${word}{${end - start}}`
    start = end
  }
  return text === '' ? '0' : text
}

function encodeChoice(choice: Choice): string {
  if (choice === JUMP) return '+'
  return choice < 0 ? `!${encodeNumber(cancelledBy(choice))}` : encodeNumber(choice)
}

function encodeNumber(value: number): string {
  return value < RADIX ? value.toString(RADIX) : `(${value.toString(RADIX)})`
}

const WORD = /(?:(\+)|(!?)(?:([0-9a-z])|\(([0-9a-z]+)\)))(?:\{([0-9]+)\})?/y

/** @throws {@link RangeError} if `text` is no schedule */
export function decodeSchedule(text: string): Choice[] {
  const choices: Choice[] = []
  WORD.lastIndex = 0
  while (WORD.lastIndex < text.length) {
    const at = WORD.lastIndex
    const found = WORD.exec(text)
    if (found === null) {
      throw new RangeError(
        `'${text}' is no schedule (character ${at + 1}): copy it whole from the report of the failure`,
      )
    }
    const [, jump, cancel, digit, number, count] = found
    const value = Number.parseInt(digit ?? number ?? '0', RADIX)
    const choice = jump === '+' ? JUMP : cancel === '!' ? cancellationOf(value) : value
    for (let times = Number(count ?? 1); times > 0; times -= 1) choices.push(choice)
  }
  return choices
}
