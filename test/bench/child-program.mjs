// One real program on one contestant in a process of its own: prints one line of JSON.
// Argument: { program, contestant, warmUp: { batches, ms }, timed: { batches, ms }, save? }; times are in milliseconds.
// With `save`, the modules that the program compiles are written to the cache.
import { observe } from '../corpus/observe.mjs'
import { warmUp as startNodesOwn } from '../corpus/warm-up.mjs'
import { ahead, saveModules } from './modules.mjs'

const { program, contestant, warmUp, timed, save } = JSON.parse(process.argv[2])
await startNodesOwn()
const { performance } = globalThis

/** What each contestant puts in the place of WebAssembly. */
const OBJECTS = {
  native: () => globalThis.WebAssembly,
  nowasm: () => ahead('nowasm'),
  wasm2js: () => ahead('wasm2js'),
  polywasm: async () => (await import('polywasm')).WebAssembly,
  // The package's own JavaScript, which needs none.
  'asm.js': () => undefined,
}
const object = await OBJECTS[contestant]()
const observed = save && observe(object)
const own = observed ? observed.WebAssembly : object
Object.defineProperty(globalThis, 'WebAssembly', { value: own, writable: true, configurable: true })
const { start } = await import(`./programs/${program}.mjs`)

const begin = performance.now()
const work = await start(own, contestant)
const loaded = performance.now()
const result = await work((_name, action) => action())
const first = performance.now()

const warming = await batches(warmUp)
const steady = await batches(timed)
if (observed) saveModules(program, observed.modules)
const parts = Object.fromEntries(partTimes(steady))
const outcome = { result, load: loaded - begin, first: first - begin, parts, ...times({ warming, steady }) }
process.stdout.write(`${JSON.stringify(outcome)}\n`, () => process.exit(0))

/** Total times and times by name of units of work, until there are enough or the time is over; at least one. */
async function batches({ batches: most, ms }) {
  const done = []
  const end = performance.now() + ms
  do {
    const parts = {}
    const before = performance.now()
    const again = await work((name, action) => {
      const partStart = performance.now()
      const value = action()
      parts[name] = performance.now() - partStart
      return value
    })
    done.push({ total: performance.now() - before, parts })
    if (again !== result) throw new Error('a unit of work has not the result of the first')
  } while (done.length < most && performance.now() < end)
  return done
}

function times(lists) {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.map(({ total }) => total)]))
}

/** The least time of each part. */
function partTimes(list) {
  return Object.keys(list[0].parts).map((name) => [name, Math.min(...list.map(({ parts }) => parts[name]))])
}
