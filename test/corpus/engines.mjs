// The engines a program can run on: flags for the node process, and what it gets as WebAssembly.

const dist = (path) => new URL(`../../dist/${path}`, import.meta.url).href

/** The WebAssembly object that nowasm/polyfill installs where there is none. */
async function polyfill() {
  delete globalThis.WebAssembly
  await import(dist('polyfill.js'))
  return globalThis.WebAssembly
}

/** Not for programs that evaluate text themselves. */
export const NO_EVAL = '--disallow-code-generation-from-strings'

/**
 * @type {Record<string, { flags: string[], load: () => Promise<object> }>} `flags` go to node; `load`, called once
 * in the child process, gives the WebAssembly object
 */
export const engines = {
  native: { flags: [], load: async () => globalThis.WebAssembly },
  nowasm: { flags: [], load: polyfill },
  jitless: { flags: ['--jitless'], load: polyfill },
  aot: {
    flags: [NO_EVAL],
    load: async () => (await import('./aot.mjs')).precompiled(process.env.CORPUS_MODULES.split(',')),
  },
}
