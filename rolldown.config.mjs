// The last step of the build: the compiler in a few files instead of some 250, each of which Node looks up, reads and links for
// itself. Loading nowasm/webassembly, processor time on Node 26: 154 ms before, 52 after, and no less if they are minified.
// `dist/src` stays what `tsc` makes of each file: what tests import, and the declarations.

import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { defineConfig } from 'rolldown'

const packaged = [
  'index',
  'webassembly',
  'polyfill',
  'polyfill/force',
  'aot',
  'aot/install',
  'aot/interpreter',
  'wasi',
  'plugin',
]
const entries = [
  ...packaged,
  'cli',
  'worker',
  ...['thread', 'native', 'live', 'loaders'].map((name) => `plugin/${name}`),
]

/** What `nowasm/aot` has: the API, and of the compiler what reads the outside of a module, and of small ones the inside. */
const API =
  /dist.(runtime|src.(aot[\\/](?!install|interpreter)|webassembly[\\/](?!compiler|create)|0-wasm.(builtins|canonical|errors|features|limits|types)|1-decode.(count|custom-sections|preamble|reader|shape|type-section|types)|6-emit.characters|7-link.stub))/

/** Copies what the declarations of the package consist of, one by the other, to `dist/types`: people get no others. */
const declarations = {
  name: 'declarations',
  closeBundle() {
    rmSync('dist/types', { recursive: true, force: true })
    const paths = new Set(packaged.map((path) => `src/${path}.d.ts`))
    for (const path of paths) {
      const text = readFileSync(`dist/${path}`, 'utf8')
      for (const [, file] of text.matchAll(/['"](\.{1,2}\/[\w./-]+)\.ts['"]/g))
        paths.add(join(dirname(path), `${file}.d.ts`))
      mkdirSync(dirname(`dist/types/${path}`), { recursive: true })
      copyFileSync(`dist/${path}`, `dist/types/${path}`)
    }
  },
}

/** A classic script that declares `nowasm`. It has no address of its own, and starts no threads. */
const script = (path, file) => ({
  input: `dist/src/${path}.js`,
  platform: 'neutral',
  resolve: { alias: { '#runtime': `${import.meta.dirname}/dist/runtime.js` } },
  transform: { define: { 'import.meta.url': 'undefined' } },
  output: { file: `dist/${file}`, format: 'iife', name: 'nowasm', minify: true },
})

export default defineConfig([
  {
    input: Object.fromEntries(entries.map((path) => [path.replace(/.*\//, ''), `dist/src/${path}.js`])),
    // Nothing of Node in the files that browsers load too.
    platform: 'neutral',
    external: [/^node:/, 'yargs', 'unplugin', '#runtime'],
    plugins: [declarations],
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
  },
  script('browser', 'nowasm.min.js'),
  script('aot/browser', 'nowasm-aot.min.js'),
])
