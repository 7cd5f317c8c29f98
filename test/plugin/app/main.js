// Every way to import a `.wasm`, and packages that wasm-bindgen made, as they are. What comes out is the same in every bundler, mode
// and engine.
import brotliOfWeb from 'brotli-wasm'
import { Tiktoken } from 'tiktoken/lite'
import * as brotli from '../node_modules/brotli-wasm/pkg.bundler/brotli_wasm.js'
import { log, logged } from './host.js'
import load, * as small from './small.wasm'
import source module from './small.wasm'
import init from './small.wasm?init'
import address from './small.wasm?url'

const imports = { './host.js': { log } }
const text = new TextEncoder().encode('nowasm '.repeat(1000))

async function run() {
  const result = {}
  result.namespace = [small.add(1, 2), small.answer, Object.keys(small).sort(), small.memory.buffer.byteLength]
  result.init = (await init(imports)).exports.add(3, 4)
  const loaded = await load(imports)
  result.load = [loaded.instance.exports.add(5, 6), (await load()) instanceof WebAssembly.Module]
  result.source = [
    WebAssembly.Module.exports(module).length,
    new WebAssembly.Instance(module, imports).exports.add(7, 8),
  ]
  const dynamic = await import.source('./small.wasm')
  result.dynamic = [dynamic instanceof WebAssembly.Module, (await import('./small.wasm')).add(8, 9)]
  const streamed = await WebAssembly.instantiateStreaming(fetch(address), imports)
  result.url = streamed.instance.exports.add(9, 10)
  const bytes = await (await fetch(new URL('small.wasm', import.meta.url))).arrayBuffer()
  result.newUrl = (await WebAssembly.instantiate(bytes, imports)).instance.exports.add(11, 12)
  result.logged = logged
  const packed = brotli.compress(text)
  result.brotli = [packed.length, new TextDecoder().decode(brotli.decompress(packed)).length]
  result.brotliOfWeb = (await brotliOfWeb).compress(text).length
  const encoder = new Tiktoken('IQ== 0\nIg== 1\naGVsbG8= 2\naA== 3\nZQ== 4\nbA== 5\nbw== 6', {}, '\\w+|\\W')
  result.tiktoken = [...encoder.encode('hello!"hole')]
  return result
}

globalThis.finished = run()
