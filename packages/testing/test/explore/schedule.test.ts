import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cancellationOf, decodeSchedule, encodeSchedule, JUMP } from '../../src/explore/schedule.ts'

describe('a schedule as a string', () => {
  test.each([
    { choices: [], text: '0' },
    { choices: [0, 0, 0, 0, 0], text: '0' },
    { choices: [0, 1, 2, 35], text: '012z' },
    { choices: [0, 0, 0, 1], text: '0001' },
    { choices: [0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 0], text: '0{4}1{5}2' },
    { choices: [36, 1296], text: '(10)(100)' },
    { choices: [0, 0, cancellationOf(0), cancellationOf(3), JUMP, 1], text: '00!0!3+1' },
    { choices: [cancellationOf(36)], text: '!(10)' },
    { choices: Array(12).fill(JUMP), text: '+{12}' },
  ])('$text', ({ choices, text }) => {
    expect(encodeSchedule(choices)).toBe(text)
    const length = choices.findLastIndex((choice) => choice !== 0) + 1
    expect(decodeSchedule(text).slice(0, length)).toEqual(choices.slice(0, length))
    expect(encodeSchedule(decodeSchedule(text))).toBe(text)
  })

  test('gives back what was put in, whatever that is', () => {
    const choice = fc.oneof(fc.constant(0), fc.integer({ min: -50, max: 2000 }))
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 60 }), (choices) => {
        const length = choices.findLastIndex((each) => each !== 0) + 1
        const decoded = decodeSchedule(encodeSchedule(choices))
        expect(decoded.slice(0, length)).toEqual(choices.slice(0, length))
      }),
      { seed: 1 },
    )
  })

  test.each(['0{', 'A', '0 1', '!', '(', '0{x}', '()'])("'%s' is none", (text) => {
    expect(() => decodeSchedule(text)).toThrow(RangeError)
    expect(() => decodeSchedule(text)).toThrow(`'${text}' is no schedule (character`)
  })
})
