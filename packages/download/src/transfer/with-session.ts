import { ClientSession, TCPConnector } from '@hocket/http'
import { abortable, type Coroutine, coroutine } from 'hocket'
import type { Steps } from './steps.ts'

/** Runs a body with the session that was given, or with one of its own, which is closed with it. */
export const withSession: <T>(
  session: ClientSession | null,
  body: (session: ClientSession) => Steps<T>,
) => Coroutine<T> = coroutine(function* withSession<T>(
  session: ClientSession | null,
  body: (session: ClientSession) => Steps<T>,
) {
  if (session !== null) return yield* body(session)
  // Downloads have limits of their own, in their places.
  const own = new ClientSession({ connector: new TCPConnector({ limit: 0 }) })
  try {
    return yield* body(own)
  } finally {
    yield* abortable(() => own.close())
  }
}) as never

export function isSession(value: unknown): value is ClientSession {
  return typeof value === 'object' && value !== null && 'get' in value && 'request' in value
}
