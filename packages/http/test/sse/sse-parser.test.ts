import { describe, expect, test } from 'vitest'
import { type ServerSentEvent, SseParser } from '../../src/sse/sse-parser.ts'

const encoder = new TextEncoder()

function parse(pieces: readonly Uint8Array[], lastEventId = '') {
  const parser = new SseParser(lastEventId, 1000)
  const events: ServerSentEvent[] = []
  for (const piece of pieces) events.push(...parser.push(piece))
  return { events, retry: parser.retry, lastEventId: parser.lastEventId }
}

const parseText = (text: string) => parse([encoder.encode(text)])
const message = (data: string, lastEventId = '') => ({ type: 'message', data, lastEventId })

// The examples of the standard, 9.2.6, and its corners.
const CASES: [string, string, ServerSentEvent[]][] = [
  ['one line', 'data: one\n\n', [message('one')]],
  ['several lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [message('YHOO\n+2\n10')]],
  [
    'comments, ids, and an event that is not complete',
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
    [message('first event', '1'), message('second event')],
  ],
  ['empty data, and an end too early', 'data\n\ndata\ndata\n\ndata:', [message(''), message('\n')]],
  ['a space or none', 'data:test\n\ndata: test\n\n', [message('test'), message('test')]],
  [
    'a type',
    'event: add\ndata: 73857293\n\ndata: x\n\n',
    [{ ...message('73857293'), type: 'add' }, message('x')],
  ],
  ['a type without data', 'event: add\n\ndata: x\n\n', [message('x')]],
  [
    'every kind of line end',
    'data: a\r\n\r\ndata: b\r\rdata: c\n\n',
    [message('a'), message('b'), message('c')],
  ],
  ['mixed line ends', 'data: a\rdata: b\r\ndata: c\n\r\n', [message('a\nb\nc')]],
  ['a byte order mark', '\ufeffdata: a\n\ndata: \ufeff\n\n', [message('a'), message('\ufeff')]],
  [
    'more than ASCII',
    'data: \u20ac \u{1f600}\nid: \u00e9\n\n',
    [message('\u20ac \u{1f600}', '\u00e9')],
  ],
  ['unknown fields, and no colon', 'what: ever\nfoo\nDATA: x\ndata: a:b\n\n', [message('a:b')]],
  ['an id with NUL', 'id: 1\nid: a\0b\ndata: x\n\n', [message('x', '1')]],
  [
    'an id that stays, and one that goes',
    'id: 7\ndata: a\n\ndata: b\n\nid:\ndata: c\n\n',
    [message('a', '7'), message('b', '7'), message('c')],
  ],
]

describe('SseParser', () => {
  test.each(CASES)('%s', (_, text, events) => {
    expect(parseText(text).events).toEqual(events)
  })

  test.each(CASES)('%s, cut at every place', (_, text, events) => {
    const bytes = encoder.encode(text)
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        const pieces = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)]
        expect(parse(pieces).events).toEqual(events)
      }
    }
    expect(parse(Array.from(bytes, (byte) => Uint8Array.of(byte))).events).toEqual(events)
  })

  test('gives an event as soon as it is complete', () => {
    const parser = new SseParser('', 1000)
    expect(parser.push(encoder.encode('data: a\r\n\r'))).toEqual([message('a')])
    expect(parser.push(encoder.encode('\ndata: b\r'))).toEqual([])
    expect(parser.push(encoder.encode('\r'))).toEqual([message('b')])
  })

  test('takes the time to wait, where it is a number', () => {
    expect(parseText('retry: 1500\n\n').retry).toBe(1500)
    expect(parseText('retry: 10\nretry: 1.5\nretry: -1\nretry:\nretry: 2s\n\n').retry).toBe(10)
  })

  test('keeps the last id, also of an event without data, and that of the connection before', () => {
    expect(parseText('id: 5\n\n').lastEventId).toBe('5')
    expect(parseText('id: 5\n').lastEventId).toBe('')
    expect(parse([encoder.encode('data: x\n\n')], '4').events).toEqual([message('x', '4')])
    expect(parse([encoder.encode('id\n\n')], '4').lastEventId).toBe('')
  })

  test('refuses events that are too long, wherever their length comes from', () => {
    const long = 'x'.repeat(999)
    expect(parseText(`data:${long}x\n\n`).events[0]?.data.length).toBe(1000)
    for (const text of [`data:${long}xx\n\n`, `data:${long}\ndata:x\n\n`, 'x'.repeat(1001)]) {
      expect(() => parseText(text)).toThrow('at most 1000 characters')
    }
  })

  test('what is no UTF-8 is replaced', () => {
    const bytes = Uint8Array.of(...encoder.encode('data: '), 0xff, 0x0a, 0x0a)
    expect(parse([bytes]).events).toEqual([message('\ufffd')])
  })
})
