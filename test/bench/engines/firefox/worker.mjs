// One kernel on one contestant in a worker: what child-kernel.mjs is for engines that are commands.
import { measure } from '../../measure.mjs'

/** How a file's bytes become the function that is measured. */
const LOADERS = {
  wasm: async (bytes, _module, name) => new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports[name],
  nowasm: async (_bytes, module, name) => (await module()).instantiate({}).exports[name],
  wasm2js: async (_bytes, module) => (await module()).run,
  polywasm: async (bytes) => new polywasm.Instance(new polywasm.Module(bytes), {}).exports.run,
}

let polywasm

self.onmessage = async ({ data: { how, url, name = 'run', ...work } }) => {
  try {
    polywasm = how === 'polywasm' ? (await import('/node_modules/polywasm/index.js')).WebAssembly : undefined
    await import('/empty.mjs') // the engine's own machinery for modules
    // The file is here before the clock starts: the way through the server is no work of the engine.
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
    const blob = URL.createObjectURL(new Blob([bytes], { type: 'text/javascript' }))
    self.postMessage(await measure(() => LOADERS[how](bytes, () => import(blob), name), work))
  } catch (error) {
    self.postMessage({ problem: `${error.name}: ${error.message}` })
  }
}
