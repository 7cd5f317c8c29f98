// Runs one program on one engine in a process of its own and sends the outcome to its parent.
// Arguments: program, engine. The program sees the engine as the global WebAssembly, as any page or script would.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cacheFile } from './cache.mjs'
import { engines } from './engines.mjs'
import { observe } from './observe.mjs'
import { peakBytes } from './peak.mjs'
import { importProgram } from './programs.mjs'
import { warmUp } from './warm-up.mjs'

const [name, engine] = process.argv.slice(2)
await warmUp()
const real = await engines[engine].load()
const observed = observe(real)
Object.defineProperty(globalThis, 'WebAssembly', { value: observed.WebAssembly, writable: true, configurable: true })

const { run } = await importProgram(name)
const start = performance.now()
const result = await run(observed.WebAssembly)
const totalMs = performance.now() - start

if (process.env.CORPUS_SAVE_MODULES) {
  mkdirSync(cacheFile(''), { recursive: true })
  for (const module of observed.modules) writeFileSync(cacheFile(`${module.sha256}.wasm`), module.bytes)
}
const modules = observed.modules.map(({ sha256, bytes, ms }) => ({ sha256, size: bytes.length, ms }))
const outcome = {
  output: JSON.stringify(result),
  memories: JSON.stringify(observed.memories()),
  modules,
  compileMs: modules.reduce((sum, module) => sum + module.ms, 0),
  totalMs,
  peakMb: Math.round(peakBytes() / 1e6),
}
process.send(outcome, () => process.exit(0))
