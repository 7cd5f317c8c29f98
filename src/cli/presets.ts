// `--for ENGINE`: the options that suit where an output is to run, before those that are given by name.

import type { Options } from '../options.ts'

type Preset = Pick<Options, 'engine' | 'target' | 'format'>

export const PRESETS = {
  browser: { engine: 'jit', target: 'es2020', format: 'esm' },
  // Outputs evaluate no text anywhere.
  csp: { engine: 'jit', target: 'es2020', format: 'esm' },
  // It switches off Safari's JIT compilers with WebAssembly.
  lockdown: { engine: 'interpreter', target: 'es2020', format: 'esm' },
  'node-jitless': { engine: 'interpreter', target: 'esnext', format: 'esm' },
  quickjs: { engine: 'interpreter', target: 'es2020', format: 'esm' },
  // It has neither modules nor block scopes of its own.
  hermes: { engine: 'interpreter', target: 'es5', format: 'iife' },
  // Metro bundles CommonJS as it is, and Hermes runs the bundle.
  'react-native': { engine: 'interpreter', target: 'es5', format: 'cjs' },
} as const satisfies Readonly<Record<string, Preset>>

export type PresetName = keyof typeof PRESETS

export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[]
