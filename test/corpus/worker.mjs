// Imported by every thread of a program (node --import): other threads than the first get the engine here, as the first one
// does in child.mjs. What they start with is in the variable CORPUS_ENGINE.
import { isMainThread } from 'node:worker_threads'
import { engines } from './engines.mjs'

const engine = process.env.CORPUS_ENGINE
if (!isMainThread && engine) {
  const value = await engines[engine].load()
  Object.defineProperty(globalThis, 'WebAssembly', { value, writable: true, configurable: true })
}
