// The compiled module in a process that has neither a WebAssembly object nor a compiler of JavaScript.
import { instantiate } from './dist/mappings.mjs'
import { readMap } from './mappings.mjs'

if (typeof WebAssembly !== 'undefined') throw new Error('run this with node --jitless')
console.log(JSON.stringify(readMap(instantiate, 3)))
