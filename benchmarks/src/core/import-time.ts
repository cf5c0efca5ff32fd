import type { Case } from '../lib/case.ts'

// How long a program waits for `import 'hocket'`, in a fresh process each time and with Node's own
// start left out. Files are in the page cache after the first, as they are for every program that
// starts twice.
export const importTime: Case = {
  name: 'import',
  processes: 15,
  rounds: 1,
  warmUpMs: 0,
  rows: [
    {
      case: "import 'hocket'",
      unit: 'ms',
      hocket: 'import',
      peer: { limit: 40, text: '40 ms' },
      bar: 1,
    },
  ],
  contenders: {
    import: {
      prepare: async () => async () => {
        const start = performance.now()
        await import('hocket')
        return performance.now() - start
      },
    },
  },
}
