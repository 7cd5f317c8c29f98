// Who runs: how each contestant's file is made (outputs.mjs), loaded (child-kernel.mjs), and with which engine flags.

/**
 * @typedef {{ key: string, output: string, how: string, flags: string[], interpreted?: boolean }} Contestant
 * @type {Contestant[]}
 */
export const CONTESTANTS = [
  { key: 'native', output: 'wasm', how: 'wasm', flags: [] },
  { key: 'nowasm', output: 'nowasm', how: 'nowasm', flags: [] },
  { key: 'wasm2js', output: 'wasm2js', how: 'wasm2js', flags: [] },
  { key: 'polywasm', output: 'wasm', how: 'polywasm', flags: [] },
  // In another engine mode: these two are compared with each other. Wasm itself is off there.
  { key: 'nowasm jitless', output: 'nowasm-interpreter', how: 'nowasm', flags: ['--jitless'], interpreted: true },
  { key: 'wasm2js jitless', output: 'wasm2js', how: 'wasm2js', flags: ['--jitless'], interpreted: true },
]

/** Not in a run unless asked for by name. */
export const EXTRA = [
  { key: 'nowasm interpreter', output: 'nowasm-interpreter', how: 'nowasm', flags: [] },
  { key: 'nowasm jit jitless', output: 'nowasm', how: 'nowasm', flags: ['--jitless'], interpreted: true },
]
