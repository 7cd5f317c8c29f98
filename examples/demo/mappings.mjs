// What the demo lets the module do: read a source map. The module is the one inside the npm package source-map
// (written in Rust); the map is the one that the package astring ships.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

export const wasm = readFileSync(require.resolve('source-map/lib/mappings.wasm'))
const map = JSON.parse(readFileSync(join(dirname(require.resolve('astring')), 'astring.min.js.map'), 'utf8'))

/**
 * Parses the map and asks for all its mappings, `rounds` times.
 * @param {(imports: object) => { exports: any }} instantiate of the native engine, or of a compiled module
 * @returns `answer`: what was found; `first` and `last`: milliseconds of the first and the last round
 */
export function readMap(instantiate, rounds = 20) {
  const found = []
  const { exports } = instantiate({ env: { mapping_callback: (...fields) => found.push(fields) } })
  const times = []
  for (let round = 0; round < rounds; round++) {
    found.length = 0
    const start = performance.now()
    eachMapping(exports)
    times.push(performance.now() - start)
  }
  return { answer: describe(found), first: times[0], last: times[rounds - 1] }
}

function eachMapping(exports) {
  const text = new TextEncoder().encode(map.mappings)
  const buffer = exports.allocate_mappings(text.length)
  new Uint8Array(exports.memory.buffer, buffer, text.length).set(text)
  const mappings = exports.parse_mappings(buffer)
  exports.by_generated_location(mappings)
  exports.free_mappings(mappings)
}

/** A few of the mappings in words, and a sum over all of them. */
function describe(found) {
  const sum = found.flat().reduce((total, field) => (Math.imul(total, 31) + field) | 0, 0)
  const some = [99, 999, 1999].map((i) => {
    const [line, column, , , , source, originalLine, originalColumn] = found[i]
    return `${line + 1}:${column} comes from ${map.sources[source]}:${originalLine + 1}:${originalColumn}`
  })
  return [`${found.length} mappings, checksum ${sum}`, ...some]
}
