// The script: qjs --module examples/quickjs/main.js
import { instantiate } from './dist/mandelbrot.js'

const { memory, draw } = instantiate().exports
const length = draw(72, 24)
const print = globalThis.print ?? console.log // QuickJS and other shells have `print`
print(String.fromCharCode(...new Uint8Array(memory.buffer, 0, length - 1)))
