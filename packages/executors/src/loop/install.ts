import { installDefaultExecutor } from 'hocket/lowlevel'
import { ThreadPoolExecutor } from '../executor/thread-pool-executor.ts'

installDefaultExecutor(() => new ThreadPoolExecutor({ namePrefix: 'hocket' }))
