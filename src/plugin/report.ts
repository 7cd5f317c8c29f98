// What a build has compiled, for the terminal.

import type { CompiledFile } from './cache.ts'

/** `nowasm: x_bg.wasm 689.1 kB -> JavaScript 2.14 MB, 540.2 kB with gzip (1.2 s)`, a line for each file. */
export function reportLines(compiled: ReadonlyMap<string, CompiledFile>): string[] {
  return [...compiled].flatMap(([name, { wasm, size, gzip, took, warnings }]) => {
    const time = took === undefined ? 'cached' : `${(took / 1000).toFixed(1)} s`
    const line = `${name} ${bytes(wasm)} -> JavaScript ${bytes(size)}, ${bytes(gzip)} with gzip (${time})`
    return [line, ...warnings.map((warning) => `${name}: warning: ${warning}`)].map((text) => `nowasm: ${text}`)
  })
}

const bytes = (count: number): string =>
  count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(2)} MB`
