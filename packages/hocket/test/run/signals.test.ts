import { describe, expect, test } from 'vitest'
import { startProgram } from '../support/program.ts'

const program = new URL('../fixtures/signals.ts', import.meta.url)

/** Runs a program and sends it a signal when it is ready. */
async function interrupted(name: string, signal: NodeJS.Signals = 'SIGINT') {
  const started = startProgram(program, name)
  await started.printed('ready')
  started.child.kill(signal)
  const { stdout, ...rest } = await started.ended()
  return { ...rest, lines: stdout.trimEnd().split('\n') }
}

// Windows has no signals that a program could be sent.
describe.skipIf(process.platform === 'win32')(
  'a signal',
  { timeout: 70_000, concurrent: true },
  () => {
    test.each(['SIGINT', 'SIGTERM'] as const)(
      '%s cancels main, which may clean up, and run() rejects',
      async (signal) => {
        const { code, lines, stderr } = await interrupted('once', signal)
        expect(lines).toEqual([
          'ready',
          expect.stringMatching(/^main: CancelledError: .*true$/),
          'cleaned up',
          `run: KeyboardInterrupt ${signal}`,
        ])
        expect([code, stderr]).toEqual([0, ''])
      },
    )

    test('that nobody catches ends the process with an error', async () => {
      const { code, stderr } = await interrupted('not-caught')
      expect(code).toBe(1)
      expect(stderr).toContain('KeyboardInterrupt: interrupted by SIGINT')
    })

    test('cancels a main that is a generator', async () => {
      const { code, lines } = await interrupted('generator')
      expect([code, lines]).toEqual([0, ['ready', 'finally', 'run: KeyboardInterrupt']])
    })

    test('twice ends the process as the signal would', async () => {
      const started = startProgram(program, 'stubborn')
      await started.printed('ready')
      started.child.kill('SIGINT')
      await started.printed('will not stop')
      started.child.kill('SIGINT')
      const { code, signal } = await started.ended()
      expect([code, signal]).toEqual([null, 'SIGINT'])
    })

    test('first one and then the other: the second ends the process as well', async () => {
      const started = startProgram(program, 'stubborn')
      await started.printed('ready')
      started.child.kill('SIGINT')
      await started.printed('will not stop')
      started.child.kill('SIGTERM')
      const { signal } = await started.ended()
      expect(signal).toBe('SIGTERM')
    })

    test('that main survives leaves its result alone', async () => {
      const { code, lines } = await interrupted('survives')
      expect([code, lines.at(-1)]).toEqual([0, 'run: a result'])
    })

    test('with another cancellation beside it is a CancelledError', async () => {
      const { lines } = await interrupted('other-reason')
      expect(lines.at(-1)).toBe('run: CancelledError: another reason')
    })

    test('ends the other tasks as any end of run() does', async () => {
      const { lines } = await interrupted('cancels-children')
      expect(lines.slice(-3)).toEqual(['cleaned up', 'child cancelled', 'run: KeyboardInterrupt'])
    })

    test('that the program has a handler for is left to it', async () => {
      const started = startProgram(program, 'own-handler')
      await started.printed('ready')
      started.child.kill('SIGINT')
      await started.printed('own handler')
      started.child.kill('SIGTERM')
      const { stdout } = await started.ended()
      expect(stdout).toContain('run: KeyboardInterrupt SIGTERM')
      expect(stdout.split('own handler')).toHaveLength(2)
    })

    test('during a run inside a run is the outer one’s', async () => {
      const { lines } = await interrupted('nested')
      // The outer main is cancelled, and passes it on to the run that it waits for.
      expect(lines).toEqual(['ready', 'run: KeyboardInterrupt'])
    })

    test('after a run is Node’s again', async () => {
      const { lines, signal } = await interrupted('afterwards')
      expect([lines, signal]).toEqual([['listeners: 0 0', 'ready'], 'SIGINT'])
    })

    test('leaves a Runner fit for the next run', async () => {
      const { lines } = await interrupted('second-run')
      expect(lines.slice(-2)).toEqual(['first: KeyboardInterrupt', 'second: went well'])
    })
  },
)
