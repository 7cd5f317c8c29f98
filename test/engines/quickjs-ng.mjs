// A command that runs a script in quickjs-ng, which npm has compiled to WebAssembly: node quickjs-ng.mjs SCRIPT
import { readFileSync } from 'node:fs'
import variant from '@jitl/quickjs-ng-wasmfile-release-sync'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'

const quickjs = await newQuickJSWASMModuleFromVariant(variant)
const runtime = quickjs.newRuntime()
runtime.setMaxStackSize(200_000) // below the one that its WebAssembly module has
const context = runtime.newContext()
const print = context.newFunction('print', (text) => console.log(context.getString(text)))
context.setProp(context.global, 'print', print)
const { error } = context.evalCode(readFileSync(process.argv[2], 'utf8'), 'script.js', { type: 'global' })
if (error) {
  console.error(JSON.stringify(context.dump(error)))
  process.exitCode = 1
}
