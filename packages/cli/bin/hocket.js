#!/usr/bin/env node
import module from 'node:module'

// From Node 22.8 on, the second start compiles nothing any more.
module.enableCompileCache?.()
await import('../dist/main.js')
