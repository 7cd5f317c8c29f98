// A WebAssembly object that keeps count of what goes through another one. The corpus proves with it that a
// program really used the object it was given, and takes compilation times and memory sizes from it.
import { createHash } from 'node:crypto'

/**
 * Wraps `real`, a WebAssembly object of any engine, without changing what it does.
 * @returns {{ WebAssembly: object, modules: { sha256: string, bytes: Uint8Array, ms: number }[],
 *   memories: () => { initial: number, final: number }[] }} the wrapped object; each module compiled through it,
 *   with the wall-clock milliseconds of its compilation; the memories that were exported or made, in pages
 */
export function observe(real) {
  const modules = []
  const memories = new Map()

  const noteModule = (bytes, start) => {
    const ms = performance.now() - start
    const copy = bytesOf(bytes).slice()
    modules.push({ sha256: createHash('sha256').update(copy).digest('hex'), bytes: copy, ms })
  }
  const noteMemory = (value) => {
    if (isMemory(value) && !memories.has(value)) memories.set(value, pages(value))
    return value
  }
  // Imports are left alone: a loader's import object may be a Proxy that counts what is read from it.
  const noteInstance = (instance) => {
    Object.values(instance.exports).forEach(noteMemory)
    return instance
  }

  const Module = new Proxy(real.Module, {
    construct(target, args) {
      const start = performance.now()
      const module = Reflect.construct(target, args)
      noteModule(args[0], start)
      return module
    },
  })
  const Instance = new Proxy(real.Instance, {
    construct: (target, args) => noteInstance(Reflect.construct(target, args)),
  })
  const Memory =
    real.Memory && new Proxy(real.Memory, { construct: (target, args) => noteMemory(Reflect.construct(target, args)) })
  const compile = async (bytes) => {
    const start = performance.now()
    const module = await real.compile(bytes)
    noteModule(bytes, start)
    return module
  }
  const instantiate = async (source, imports) => {
    if (source instanceof real.Module) return noteInstance(await real.instantiate(source, imports))
    const module = await compile(source)
    return { module, instance: noteInstance(await real.instantiate(module, imports)) }
  }

  // The streaming functions are left out: without them every loader reads bytes.
  const wrapped = { Module, Instance, Memory, compile, instantiate, validate: real.validate }
  for (const name of ['Table', 'Global', 'CompileError', 'LinkError', 'RuntimeError', 'Tag', 'Exception']) {
    if (real[name]) wrapped[name] = real[name]
  }
  const sizes = () => [...memories].map(([memory, initial]) => ({ initial, final: pages(memory) }))
  return { WebAssembly: wrapped, modules, memories: sizes }
}

/** By its shape: code compiled ahead of time has memories where there is no class to ask. */
const isMemory = (value) => value?.buffer instanceof ArrayBuffer && typeof value.grow === 'function'

const pages = (memory) => memory.buffer.byteLength / 65536

/** A view of what the WebAssembly functions take as bytes. */
export function bytesOf(source) {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
}
