// One kernel on one contestant in a process of its own: prints one line of JSON.
// Argument: { how, file, name, n, warmUp: { batches, ms }, timed: { batches, ms } }; times are in milliseconds.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import './empty.mjs'
import { measure } from './measure.mjs'

/** How a file becomes the function that is measured: its export `run`, or another one. */
const LOADERS = {
  wasm(file, name) {
    const module = new WebAssembly.Module(readFileSync(file))
    return new WebAssembly.Instance(module, {}).exports[name]
  },
  async nowasm(file, name) {
    const { instantiate } = await import(pathToFileURL(file).href)
    return instantiate({}).exports[name]
  },
  wasm2js: async (file) => (await import(pathToFileURL(file).href)).run,
  polywasm(file) {
    // It reads float constants from the start of the buffer, not of the view: this view starts with its buffer.
    const module = new polywasm.Module(new Uint8Array(readFileSync(file)))
    return new polywasm.Instance(module, {}).exports.run
  },
}

const { how, file, name = 'run', ...work } = JSON.parse(process.argv[2])
// The library is there before the clock starts: only its work on the module counts.
const polywasm = how === 'polywasm' ? (await import('polywasm')).WebAssembly : undefined
await import('./empty.mjs') // so is the engine's own machinery for modules
console.log(JSON.stringify(await measure(() => LOADERS[how](file, name), work)))
