// One kernel on one contestant in a process of its own: prints one line of JSON.
// Argument: { how, file, n, warmUp: { batches, ms }, timed: { batches, ms } }; times are in milliseconds.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import './empty.mjs'

/** How a file becomes a function `run`. */
const LOADERS = {
  wasm(file) {
    const module = new WebAssembly.Module(readFileSync(file))
    return new WebAssembly.Instance(module, {}).exports.run
  },
  async nowasm(file) {
    const { instantiate } = await import(pathToFileURL(file).href)
    return instantiate({}).exports.run
  },
  wasm2js: async (file) => (await import(pathToFileURL(file).href)).run,
  polywasm(file) {
    // It reads float constants from the start of the buffer, not of the view: this view starts with its buffer.
    const module = new polywasm.Module(new Uint8Array(readFileSync(file)))
    return new polywasm.Instance(module, {}).exports.run
  },
}

const { how, file, n, warmUp, timed } = JSON.parse(process.argv[2])
// The library is there before the clock starts: only its work on the module counts.
const polywasm = how === 'polywasm' ? (await import('polywasm')).WebAssembly : undefined
await import('./empty.mjs') // so is the engine's own machinery for modules
const { performance } = globalThis

const start = performance.now()
const run = await LOADERS[how](file)
const loaded = performance.now()
const result = run(n)
const first = performance.now()

const warming = batches(warmUp)
const steady = batches(timed)
console.log(JSON.stringify({ result: String(result), load: loaded - start, first: first - start, warming, steady }))

/** Times of single batches, until there are enough or the time is over; at least one. */
function batches({ batches: most, ms }) {
  const times = []
  const end = performance.now() + ms
  do {
    const before = performance.now()
    const again = run(n)
    times.push(performance.now() - before)
    if (!Object.is(again, result)) throw new Error(`run(${n}) gave ${result} first and ${again} later`)
  } while (times.length < most && performance.now() < end)
  return times
}
