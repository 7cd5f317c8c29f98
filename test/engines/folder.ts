// Where the scripts lie that engines run.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of this run, outside of any package: what is in it is what an engine takes it for by itself. */
export const folder = mkdtempSync(join(tmpdir(), 'nowasm-engines-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
