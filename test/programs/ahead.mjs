// The programs' modules, compiled ahead of time for the WebAssembly object of nowasm/aot: a native run saves the bytes of each.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HOME } from './folder.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Programs that make modules while they run, by the file of dist that they get: only the largest, which is their own, is compiled before.
    Where .NET's traces of what runs often are refused, it goes on without; what a compiler puts out is for an interpreter. */
const MAKE_MODULES = { 'dotnet-request-converter': 'aot.js', 'watr-jz-tailcall': 'interpreter.js' }

/** Of the wrappers that loaders make around functions, which nowasm/aot knows. */
const WRAPPER_BYTES = 100

/** What the shim of a program has to know: files that register its modules, and which WebAssembly object finds them. */
export async function aheadOfTime(node, name, options, level) {
  const entry = here(`../../dist/${MAKE_MODULES[name] ?? 'aot.js'}`)
  const files = []
  for (const path of savedModules(node, name)) files.push(await outputOf(path, options, level))
  return { NOWASM_ENTRY: entry, NOWASM_MODULES: JSON.stringify(files) }
}

/** Paths without endings of the modules to compile, the largest first. None if the program does not run natively. */
function savedModules(node, name) {
  const folder = here(`.cache/modules/${name}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const words = ['--import', here('saver.mjs'), join(HOME, 'drives', `${name}.mjs`)]
  spawnSync(node, words, { cwd: HOME, env: { ...process.env, NOWASM_SAVE: folder }, stdio: 'ignore', timeout: 120_000 })
  const found = readdirSync(folder)
    .filter((file) => file.endsWith('.wasm'))
    .map((file) => ({ path: join(folder, file.slice(0, -'.wasm'.length)), size: statSync(join(folder, file)).size }))
    .filter(({ size }) => size > WRAPPER_BYTES)
    .sort((a, b) => b.size - a.size)
    .map(({ path }) => path)
  return name in MAKE_MODULES ? found.slice(0, 1) : found
}

const COMPILER = here('../../dist/compiler.js')

/** The CommonJS file of a module, compiled unless it is there and newer than the compiler. */
async function outputOf(path, options, level) {
  const file = `${path.replace('/modules/', '/ahead/')}.${level}.cjs`
  if (existsSync(file) && statSync(file).mtimeMs > statSync(COMPILER).mtimeMs) return file
  const { compile } = await import('../../dist/index.js')
  const given = JSON.parse(readFileSync(`${path}.json`, 'utf8'))
  const { code } = compile(readFileSync(`${path}.wasm`), { ...options, ...given, format: 'cjs', register: true })
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, code)
  return file
}
