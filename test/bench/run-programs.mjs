// Our own programs' part of a run: packages from npm behind their own glue, whose work can be repeated.
import { readdirSync } from 'node:fs'
import { runPrograms } from './program-part.mjs'

const names = readdirSync(new URL('./programs', import.meta.url))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.replace(/\.mjs$/, ''))

/** @type {import('./program-part.mjs').Source} */
const SOURCE = {
  part: 'programs',
  names,
  child: 'child-program',
  argument: (program, contestant) => ({ program, contestant }),
  rivals: async (name) => (await import(`./programs/${name}.mjs`)).rivals ?? [],
  work: {
    full: { warmUp: { batches: 4, ms: 6000 }, timed: { batches: 4, ms: 6000 } },
    quick: { warmUp: { batches: 3, ms: 4000 }, timed: { batches: 2, ms: 2000 } },
  },
}

/** Prepares and runs the programs that `wanted` accepts; options and `onParts` as in run-kernels.mjs. */
export const run = (options) => runPrograms(SOURCE, options)
