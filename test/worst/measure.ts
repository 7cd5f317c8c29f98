// Compiles one module in a process of its own, and prints what that costs: node measure.js SHAPE BYTES OPTIONS

import { compile } from '../../src/index.ts'
import type { Cost } from './cost.ts'
import { SHAPES } from './shapes/index.ts'
import { ofSize } from './size.ts'

const [shape, size, options] = process.argv.slice(2) as [string, string, string]
const bytes = ofSize(SHAPES[shape]!, Number(size))
const start = process.cpuUsage()
const { length } = compile(bytes, JSON.parse(options)).code
const { user } = process.cpuUsage(start)
const cost: Cost = {
  input: bytes.length,
  output: length,
  seconds: user / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  error: '',
}
// After the measurement: V8 takes gigabytes to validate blocks of 1000 values. An engine may not know the shape's features.
if (WebAssembly.validate(SHAPES[shape]!(1)) && !WebAssembly.validate(bytes)) throw new Error(`${shape} is not valid`)
console.log(JSON.stringify(cost))
