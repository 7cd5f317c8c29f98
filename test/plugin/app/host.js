// Imported by small.wasm, and imports it: a cycle, as generated glue has it.
import * as wasm from './small.wasm'

export const logged = []

export function log(x) {
  logged.push(x, wasm.answer)
}
