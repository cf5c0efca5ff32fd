import { VirtualHost } from '@hocket/testing'
import { type Host, WebHost } from 'hocket'
import { NodeHost } from 'hocket/node'

/** A host that the shared suite is run on. */
export interface HostCase {
  readonly name: string
  readonly make: () => Host
  /** Its time passes by itself. */
  readonly isReal: boolean
}

export const hosts: HostCase[] = [
  { name: 'NodeHost', make: () => new NodeHost(), isReal: true },
  { name: 'WebHost', make: () => new WebHost(), isReal: true },
  { name: 'VirtualHost on Node', make: () => new VirtualHost(), isReal: false },
  {
    name: 'VirtualHost on the web',
    make: () => new VirtualHost({ base: new WebHost() }),
    isReal: false,
  },
]
