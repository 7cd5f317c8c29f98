// What a contestant puts in the place of WebAssembly, for programs behind their own glue. An engine loads `preload`'s file
// before a program, in its main thread and in its workers.
import { replaceWebAssembly } from '../programs/replacement.mjs'
import { ofRun, writeCache } from './cache.mjs'
import { importCompiler } from './install.mjs'
import { ahead } from './modules.mjs'

/** Under this name a child finds how many ms it took to load the contestant. */
const PLACED = Symbol.for('nowasm bench')

const OBJECTS = {
  engine: () => globalThis.WebAssembly,
  async library({ build, interpreted }) {
    if (build === undefined) return (await import('polywasm')).WebAssembly
    const { createWebAssembly } = await importCompiler('webassembly', build)
    return createWebAssembly(interpreted ? { engine: 'interpreter' } : {})
  },
  ahead,
  nothing: () => undefined,
}

/** Makes the file that calls `place` for a contestant. */
export function preload(contestant) {
  const code = `import { place } from ${JSON.stringify(import.meta.url)}\nawait place(${JSON.stringify(contestant)})\n`
  return writeCache(ofRun(`preload/${contestant.key.replaceAll(' ', '-')}.mjs`), code)
}

/** @param {import('./contestants.mjs').ProgramContestant} contestant */
export async function place(contestant) {
  const before = performance.now()
  const object = await OBJECTS[contestant.how](contestant)
  globalThis[PLACED] = performance.now() - before
  await replaceWebAssembly(object)
}

/** How many ms the library took to load: reported by itself, since it is one for all programs of a page. */
export const libraryMs = () => globalThis[PLACED] ?? 0
