import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTask, Event } from 'hocket'
import { describe, expect, test, vi } from 'vitest'
import { BasicAuth, ClientSession, type RetryEvent } from '../../src/index.ts'
import { type Reply, runTest, startHttp } from '../support/servers.ts'

/** Gives one answer after the other, and counts. */
async function withAnswers(
  answers: readonly Reply[],
  body: (url: string, asked: () => number) => Promise<void>,
) {
  let count = 0
  await using server = await startHttp((request, response) => {
    count += 1
    answers[Math.min(count, answers.length) - 1]?.(request, response)
  })
  await runTest(async () => await body(server.url, () => count))
}

const fine: Reply = (_, response) => void response.end('fine')
const busy: Reply = (_, response) => {
  response.writeHead(503, { 'retry-after': '0' }).end('busy')
}
const quick = { backoff: { base: 1 } }

describe('a session that retries', () => {
  test('comes to an answer through refusals and lost connections', async () => {
    const drop: Reply = (request) => void request.socket.destroy()
    await withAnswers([busy, drop, busy, fine], async (url, asked) => {
      const told: (number | string)[] = []
      const onRetry = ({ response, error }: RetryEvent) =>
        told.push(response?.status ?? (error as Error).name)
      await using session = new ClientSession({ retry: { ...quick, attempts: 5, onRetry } })
      await using response = await session.get(url)
      expect([await response.text(), asked() >= 4]).toEqual(['fine', true])
      expect(told.at(-1)).toBe(503)
    })
  })

  test('takes a number, per request too, and sends a body again', async () => {
    const bodies: string[] = []
    const answers = [busy, busy, fine].map<Reply>((reply) => (request, response) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()))
      request.on('end', () => reply(request, response))
    })
    await withAnswers(answers, async (url) => {
      await using session = new ClientSession()
      await using put = await session.put(url, { data: 'body', retry: { ...quick, attempts: 3 } })
      expect([put.status, bodies]).toEqual([200, ['body', 'body', 'body']])
    })
    await withAnswers([busy], async (url, asked) => {
      await using session = new ClientSession({ retry: { ...quick, attempts: 9 } })
      await using once = await session.get(url, { retry: null })
      expect([once.status, asked()]).toEqual([503, 1])
      await using posted = await session.post(url, { data: 'x' })
      expect([posted.status, asked()]).toEqual([503, 2])
    })
  })

  test('gives the answer at once where its total would be over first', async () => {
    const later: Reply = (_, response) => {
      response.writeHead(429, { 'retry-after': '50' }).end()
    }
    await withAnswers([later], async (url, asked) => {
      await using session = new ClientSession({ retry: 3, timeout: 20_000 })
      await using response = await session.get(url)
      expect([response.status, asked()]).toEqual([429, 1])
    })
  })

  test('cancelled in a wait, lets go of everything', async () => {
    const later: Reply = (_, response) => {
      response.writeHead(429, { 'retry-after': '50' }).end()
    }
    await withAnswers([later], async (url, asked) => {
      const waits = new Event()
      await using session = new ClientSession({ retry: { onRetry: () => waits.set() } })
      const task = createTask(session.get(url))
      await waits.wait()
      task.cancel()
      await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
      expect([session.connector.statistics().active, asked()]).toEqual([0, 1])
    })
  })
})

test('a session that trusts its environment takes passwords from netrc, for that host alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hocket-netrc-'))
  vi.stubEnv('NETRC', join(folder, 'netrc'))
  vi.stubEnv('no_proxy', '*')
  try {
    await writeFile(join(folder, 'netrc'), 'machine 127.0.0.1 login me password secret')
    const seen: (string | undefined)[] = []
    const echo: Reply = (request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    }
    await withAnswers([echo], async (url) => {
      await using session = new ClientSession({ trustEnv: true })
      await using own = await session.get(url)
      await using other = await session.get(url.replace('127.0.0.1', 'localhost'))
      await using said = await session.get(url, { auth: new BasicAuth('a', 'b') })
      expect([own.status, other.status, said.status]).toEqual([200, 200, 200])
    })
    const expected = [new BasicAuth('me', 'secret'), null, new BasicAuth('a', 'b')]
    expect(seen).toEqual(expected.map((auth) => auth?.encode()))
  } finally {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  }
})
