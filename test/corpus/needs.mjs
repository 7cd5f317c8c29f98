// What a program needs that may not be there: it is then not run, and the reason said.
import { spawnSync } from 'node:child_process'

/** The smallest modules that only an engine with the feature takes. */
const PROBES = {
  // (type (struct))
  GC: [1, 3, 1, 0x5f, 0],
  // (memory i64 1)
  'memories with 64-bit addresses': [5, 3, 1, 4, 1],
}

/** The reason why a program cannot run natively on this Node, which lacks a feature; undefined if it can. */
export function lackingFeature(feature) {
  const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...PROBES[feature])
  return WebAssembly.validate(bytes) ? undefined : `this Node's engine has no ${feature}`
}

/** The reason why a program cannot be built: a command is missing. */
export function lackingCommand(command, hint) {
  return spawnSync(command, ['--version']).error ? `it is built with ${command} (${hint})` : undefined
}
