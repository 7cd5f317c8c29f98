// What a child says of a program's first run, whatever it is that runs.
import { observe } from '../corpus/observe.mjs'
import { peakBytes } from '../corpus/peak.mjs'
import { saveModules } from './modules.mjs'
import { libraryMs } from './place.mjs'

/**
 * Begins a run. With `save` the modules that the program compiles from now on are noted.
 * @param {string} [save] name of the list of these modules
 * @returns what prints the outcome, saves the modules, and ends the process
 */
export function prepared(save) {
  const observed = save && observe(globalThis.WebAssembly)
  if (observed) globalThis.WebAssembly = observed.WebAssembly
  const { exit } = process
  return (outcome) => {
    if (observed) saveModules(save, observed.modules)
    process.stdout.write(`${JSON.stringify(outcome)}\n`, () => exit.call(process, 0))
  }
}

/**
 * Times in ms, `first` until the first result is there, which is now; `peak` in MB, of the whole process until now; `span`
 * in ms since the process began.
 */
export const outcomeOf = ({ result, load, work }) => ({
  result,
  load,
  work,
  first: load + work,
  library: libraryMs(),
  peak: peakBytes() / 1e6,
  span: [performance.now() - load - work, performance.now()],
})
