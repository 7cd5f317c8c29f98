// Saves every module that a program compiles natively, to the folder that the variable NOWASM_SAVE names: its bytes, and as JSON
// which builtins the program gave it. Imported by every thread of the program.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf } from '../corpus/observe.mjs'
import { warmUp } from '../corpus/warm-up.mjs'

await warmUp()

const native = globalThis.WebAssembly
const { Module, compile, instantiate } = native

function save(source, { builtins = [], importedStringConstants } = {}) {
  const bytes = bytesOf(source)
  const path = join(process.env.NOWASM_SAVE, createHash('sha256').update(bytes).digest('hex'))
  writeFileSync(`${path}.wasm`, bytes)
  writeFileSync(`${path}.json`, JSON.stringify({ builtins, importedStringConstants }))
}

const bytesIn = async (source) => (await source).arrayBuffer()

native.Module = new Proxy(Module, {
  construct(target, args, made) {
    const module = Reflect.construct(target, args, made === native.Module ? target : made)
    save(...args)
    return module
  },
})
native.compile = async (source, options) => {
  const module = await compile(source, options)
  save(source, options)
  return module
}
native.instantiate = async (source, imports, options) => {
  if (source instanceof Module) return instantiate(source, imports)
  const module = await native.compile(source, options)
  return { module, instance: await instantiate(module, imports) }
}
native.compileStreaming = async (source, options) => native.compile(await bytesIn(source), options)
native.instantiateStreaming = async (source, imports, options) =>
  native.instantiate(await bytesIn(source), imports, options)
