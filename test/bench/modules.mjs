// Programs on ahead-of-time output: their modules were saved and compiled to files before, and their loaders get a
// WebAssembly object whose modules are these files.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bytesOf } from '../corpus/observe.mjs'
import { cacheFile, ofRun, writeCache } from './cache.mjs'
import { importCompiler } from './install.mjs'

const require = createRequire(import.meta.url)

/** Large, and not for glue code. */
const DEBUGGING = /^name$|^\.debug/

/** Names of the custom sections that glue code may ask for: how to link a side module, which values are what in JavaScript. */
export function customSectionNames(bytes) {
  const names = new Set()
  let at = 8
  const number = () => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const id = bytes[at++]
    const size = number()
    const end = at + size
    if (id === 0) {
      const length = number()
      names.add(new TextDecoder().decode(bytes.subarray(at, at + length)))
    }
    at = end
  }
  return [...names].filter((name) => !DEBUGGING.test(name))
}

/** Identifies a module by its length and some of its bytes: cheap, since a program waits for it. */
function keyOf(bytes) {
  let hash = bytes.length
  for (let i = 0; i < bytes.length; i += 1 + (bytes.length >> 12)) hash = Math.imul(hash ^ bytes[i], 0x1000193)
  return `${bytes.length}-${(hash >>> 0).toString(16)}`
}

/** Saves what `observe` saw, with what a native Module knows of each; and the list of them under the name of a program. */
export function saveModules(program, modules) {
  const keys = modules.map(({ bytes }) => {
    const key = keyOf(bytes)
    const module = new WebAssembly.Module(bytes)
    const text = (section) => Buffer.from(section).toString('base64')
    const sections = customSectionNames(bytes).map((name) => [
      name,
      WebAssembly.Module.customSections(module, name).map(text),
    ])
    const about = { imports: WebAssembly.Module.imports(module), exports: WebAssembly.Module.exports(module) }
    writeCache(`modules/${key}.wasm`, bytes)
    writeCache(`modules/${key}.json`, JSON.stringify({ ...about, sections: Object.fromEntries(sections) }))
    return key
  })
  writeCache(`modules/${program}.list`, JSON.stringify([...new Set(keys)]))
}

/** The modules of a program as `saveModules` left them, or undefined when it has not run. */
export function savedModules(program) {
  const list = cacheFile(`modules/${program}.list`)
  if (!existsSync(list)) return undefined
  return JSON.parse(readFileSync(list, 'utf8')).map((key) => ({
    key,
    bytes: readFileSync(cacheFile(`modules/${key}.wasm`)),
  }))
}

/** Where in the cache the CommonJS file of a saved module stands, by kind of output. */
export const aheadName = (output, key) => ofRun(`ahead/${output}/${key}.cjs`)

/**
 * A WebAssembly object whose modules are compiled ahead of time to files.
 * @param {import('./contestants.mjs').ProgramContestant} contestant
 */
export async function ahead({ output, build }) {
  const classes = await classesOf(output, build)
  const { CompileError } = classes
  class Module {
    constructor(source) {
      const key = keyOf(bytesOf(source))
      const file = cacheFile(aheadName(output, key))
      if (!existsSync(file)) throw new CompileError('this module was not compiled ahead of time')
      this.instantiate = require(file).instantiate
      this.key = key
    }
    static imports = (module) => about(module).imports
    static exports = (module) => about(module).exports
    static customSections = (module, name) =>
      (about(module).sections[name] ?? []).map((text) => new Uint8Array(Buffer.from(text, 'base64')).buffer)
  }
  class Instance {
    constructor(module, imports) {
      this.exports = module.instantiate(imports).exports
    }
  }
  const compile = async (bytes) => new Module(bytes)
  const instantiate = async (source, imports) => {
    if (source instanceof Module) return new Instance(source, imports)
    const module = await compile(source)
    return { module, instance: new Instance(module, imports) }
  }
  const validate = () => true // glue asks it which features there are
  return { Module, Instance, ...classes, validate, compile, instantiate }
}

/** Loaders expect the classes of the memories and errors that the outputs make. */
async function classesOf(output, build) {
  const { WebAssembly } = globalThis
  if (output === 'wasm2js' && WebAssembly) {
    const { Memory, Table, Global, CompileError, LinkError, RuntimeError } = WebAssembly
    return { Memory, Table, Global, CompileError, LinkError, RuntimeError }
  }
  const { api_constructors, api_js_tag } = await importCompiler('runtime/constructors', build)
  const { CompileError, LinkError, RuntimeError } = await importCompiler('runtime/errors', build)
  return { ...api_constructors(), JSTag: api_js_tag?.(), CompileError, LinkError, RuntimeError }
}

const about = ({ key }) => JSON.parse(readFileSync(cacheFile(`modules/${key}.json`), 'utf8'))
