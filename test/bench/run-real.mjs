// The real programs' part of a run: those of the folder beside the repository, large and over in seconds.
import { join } from 'node:path'
import { HOME, prepareHome, programNames } from '../programs/folder.mjs'
import { runPrograms } from './program-part.mjs'

/** @type {import('./program-part.mjs').Source} */
const SOURCE = {
  part: 'real',
  names: programNames(),
  child: 'child-drive',
  argument: (name) => ({ drive: join(HOME, 'drives', `${name}.mjs`) }),
  rivals: async () => [],
  work: {
    full: { warmUp: { batches: 2, ms: 4000 }, timed: { batches: 2, ms: 3000 } },
    later: {},
    quick: { warmUp: { batches: 1, ms: 2000 }, timed: { batches: 1, ms: 1000 } },
  },
}

/** As in run-programs.mjs. Nothing where the folder is not there. */
export async function run(options) {
  if (SOURCE.names.length === 0) return
  prepareHome()
  await runPrograms(SOURCE, options)
}
