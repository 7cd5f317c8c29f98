// The compiler in the engine itself, for engines that run scripts of Node: replays the suite with `nowasm/webassembly` and prints the
// tally as JSON.
//
//     node there.js FOLDER jit|interpreter [one-nan]

import { loadEngine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import { findScripts, readScript } from '../spec/suite.ts'
import { Wrappers } from '../spec/wrapper.ts'
import { add, emptyTally } from './tally.ts'

const [folder, engine, one] = process.argv.slice(2) as [string, 'jit' | 'interpreter', string?]
const ours = await loadEngine({ native: false, engine, optimize: 2, lazy: true })
const wrappers = new Wrappers(ours.api)
const tally = emptyTally()
for (const { path, file } of findScripts(folder)) {
  const script = readScript(file)
  add(tally, path, script.commands, replay(script, ours, wrappers), { hasOneNaN: one !== undefined })
}
console.log(JSON.stringify(tally))
