// Who runs. Kernels: how each contestant's file is made (outputs.mjs), loaded (child-kernel.mjs), and with which engine
// flags. Programs: what stands in the place of WebAssembly (place.mjs).

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

const own = { build: 'nowasm', flags: [] }
const base = { build: 'base', flags: [] }
const jitless = { build: 'nowasm', flags: ['--jitless'], interpreted: true }

/**
 * `how`: the `engine`'s own WebAssembly; a `library` that compiles at run time; files compiled `ahead` of time, made as
 * `output` of outputs.mjs; `nothing`, where a package has JavaScript of its own. `build`: which copy of the compiler.
 * @typedef {{ key: string, how: 'engine' | 'library' | 'ahead' | 'nothing', output?: string, build?: 'nowasm' | 'base',
 *   flags: string[], interpreted?: boolean }} ProgramContestant
 * @type {ProgramContestant[]}
 */
export const PROGRAM_CONTESTANTS = [
  { key: 'native', how: 'engine', flags: [] },
  { key: 'nowasm', how: 'ahead', output: 'nowasm-cjs', ...own },
  { key: 'nowasm run time', how: 'library', ...own },
  { key: 'base', how: 'ahead', output: 'base-cjs', ...base },
  { key: 'base run time', how: 'library', ...base },
  { key: 'wasm2js', how: 'ahead', output: 'wasm2js', ...own },
  { key: 'polywasm', how: 'library', flags: [] },
  { key: 'nowasm jitless', how: 'ahead', output: 'nowasm-interpreter-cjs', ...jitless },
  { key: 'nowasm run time jitless', how: 'library', ...jitless },
  { key: 'wasm2js jitless', how: 'ahead', output: 'wasm2js', ...jitless },
]

/** What a program itself names as a rival: its package has JavaScript that needs no WebAssembly. */
export const rival = (key) => ({ key, how: 'nothing', flags: [] })
