// From a module's file to something that can be instantiated, in a process of its own: prints one line of JSON.
// Argument: { file, how }: a .wasm for what compiles at run time, a CommonJS file of `ahead` for the others.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { outcomeOf, prepared } from './program-outcome.mjs'

const { file, how } = JSON.parse(process.argv[2])
const finish = prepared()
const require = createRequire(import.meta.url)
require('../corpus/empty.cjs') // what the engine does for its first CommonJS file is done
const begin = performance.now()
const made = how === 'ahead' ? require(file).instantiate : new WebAssembly.Module(new Uint8Array(readFileSync(file)))
const work = performance.now() - begin
finish({ ...outcomeOf({ result: String(made !== undefined), load: 0, work }), warming: [], steady: [] })
