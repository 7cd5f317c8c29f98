// A thread that helps to compile a module's functions (parallel.ts). The main thread has validated all but the code.

import { workerData } from 'node:worker_threads'
import { availableFeatures } from './0-wasm/features.ts'
import { decode } from './1-decode/decode.ts'
import { withBuiltins } from './2-validate/builtins.ts'
import { emitContext } from './6-emit/module.ts'
import { rangeCompiler, rangesOf } from './functions.ts'
import { ANSWERS, type Answer, NEXT, type Task } from './parallel.ts'

const { bytes, options, facts, port, state } = workerData as Task
const decoded = decode(bytes, availableFeatures(options.features), options.threads === 'single')
const module = withBuiltins(decoded, options)
const context = emitContext(module, options, facts)
const compileRange = rangeCompiler(context, options)
const ranges = rangesOf(module)

function answer(index: number): Answer {
  try {
    return { index, functions: compileRange(ranges[index]!) }
  } catch {
    return { index, functions: undefined }
  }
}

for (let index = Atomics.add(state, NEXT, 1); index < ranges.length; index = Atomics.add(state, NEXT, 1)) {
  port.postMessage(answer(index))
  Atomics.add(state, ANSWERS, 1)
  Atomics.notify(state, ANSWERS)
}
