// Engines that interpret, and run a script: what a contestant made is put into one, with what a kernel's child does.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { ofRun, writeCache } from '../cache.mjs'
import { runCommand } from './process.mjs'

/**
 * The Engine (../engines.mjs) behind a command that takes a script and has `print`. Its contestants are nowasm's output
 * in the syntax that the engine knows, and wasm2js's, to which the others' times are related.
 * @param {{ command: string, flags: string[], version: string, output: 'nowasm-script' | 'nowasm-es5' }} engine
 */
export const scriptEngine = ({ command, flags, version, output }) => ({
  version,
  contestants: [
    { key: 'wasm2js', output: 'wasm2js', how: 'wasm2js', flags: [], interpreted: true },
    { key: 'nowasm interpreter', output, how: 'nowasm', flags: [], interpreted: true },
  ],
  run({ argument }, limitMs) {
    const script = writeCache(ofRun(`outputs/${basename(argument.file)}.${argument.how}.js`), scriptOf(argument))
    return runCommand(command, [...flags, script], limitMs)
  },
  close() {},
})

/** How a file becomes a function `run`: its text, and an expression. */
const SCRIPTS = {
  nowasm: (text) => [text, 'app.instantiate({}).exports.run'],
  wasm2js: (text) => [text.replaceAll(/^(import|export) .*$/gm, ''), 'retasmFunc.run'],
}

/** @returns a script that prints what child-kernel.mjs prints */
function scriptOf({ how, file, n, warmUp, timed }) {
  const [text, run] = SCRIPTS[how](readFileSync(file, 'utf8'))
  return `var now = typeof performance === 'object' ? function () { return performance.now() } : Date.now
var start = now()
${text}
;(function () {
  var run = ${run}
  var loaded = now()
  var result = run(${n})
  var first = now()
  function batches(most, ms) {
    var times = []
    var end = now() + ms
    do {
      var before = now()
      if (run(${n}) !== result) throw new Error('another result')
      times.push(now() - before)
    } while (times.length < most && now() < end)
    return times
  }
  var warming = batches(${warmUp.batches}, ${warmUp.ms})
  var steady = batches(${timed.batches}, ${timed.ms})
  print(JSON.stringify({ result: String(result), load: loaded - start, first: first - start, warming: warming, steady: steady }))
})()
`
}
