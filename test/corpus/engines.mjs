// The engines a program can run on: flags for the node process, and what it gets as WebAssembly.

import { withNativeShared } from '../programs/replacement.mjs'

const dist = (path) => new URL(`../../dist/${path}`, import.meta.url).href

/** The WebAssembly object that nowasm/polyfill installs where there is none. */
async function polyfill() {
  delete globalThis.WebAssembly
  await import(dist('polyfill.js'))
  return globalThis.WebAssembly
}

/** Of programs whose threads need node:wasi, which takes the engine's own memories only: for these it stays there. */
const SHARES_NATIVELY = process.env.CORPUS_SHARES_NATIVELY === '1'

async function beside(load) {
  const { Memory } = globalThis.WebAssembly
  return withNativeShared(await load(), Memory)
}

const atRunTime = () =>
  SHARES_NATIVELY ? beside(async () => (await import(dist('webassembly.js'))).WebAssembly) : polyfill()

async function aheadOfTime() {
  const { precompiled } = await import('./aot.mjs')
  const load = () => precompiled(process.env.CORPUS_MODULES.split(','))
  if (SHARES_NATIVELY) return beside(load)
  delete globalThis.WebAssembly
  return load()
}

/** Not for programs that evaluate text themselves. */
export const NO_EVAL = '--disallow-code-generation-from-strings'

/**
 * @type {Record<string, { flags: string[], load: () => Promise<object> }>} `flags` go to node; `load`, called once
 * in the child process, gives the WebAssembly object
 */
export const engines = {
  native: { flags: [], load: async () => globalThis.WebAssembly },
  nowasm: { flags: [], load: atRunTime },
  jitless: { flags: ['--jitless'], load: atRunTime },
  aot: {
    flags: [NO_EVAL],
    load: aheadOfTime,
  },
}
