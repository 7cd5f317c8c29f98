// The last step of the build: the compiler in a few files instead of some 250, each of which Node looks up, reads and links for
// itself. Loading nowasm/webassembly, processor time on Node 26: 154 ms before, 52 after, and no less if they are minified.
// `dist/src` stays what `tsc` makes of each file: what tests import, and the declarations.

import { defineConfig } from 'rolldown'

const entries = [
  ...['index', 'webassembly', 'polyfill', 'polyfill/force', 'aot', 'aot/install', 'aot/interpreter', 'wasi'],
  ...['cli', 'worker'],
  ...['plugin', 'plugin/thread', 'plugin/native', 'plugin/live', 'plugin/loaders'],
]

/** What `nowasm/aot` has: the API, and of the compiler what reads the outside of a module. */
const API =
  /dist.(runtime|src.(aot[\\/](?!install|interpreter)|webassembly[\\/](?!compiler)|0-wasm.(builtins|errors)|1-decode.(custom-sections|reader)|7-link.stub))/

export default defineConfig({
  input: Object.fromEntries(entries.map((path) => [path.replace(/.*\//, ''), `dist/src/${path}.js`])),
  // Nothing of Node in the files that browsers load too.
  platform: 'neutral',
  external: [/^node:/, 'yargs', 'unplugin', '#runtime'],
  output: {
    // All in one folder: the compiler starts threads with the file `worker.js` beside its own.
    dir: 'dist',
    chunkFileNames: '[name].js',
    paths: { '#runtime': './runtime.js' },
    codeSplitting: {
      groups: [
        { name: 'sha256', test: /@noble/, priority: 2 },
        { name: 'api', test: API, priority: 1 },
        { name: 'compiler', test: /dist.src.(?!aot|cli|interpret|plugin|wasi|webassembly\.|polyfill|worker)/ },
      ],
    },
  },
})
