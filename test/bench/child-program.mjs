// One program of our own on one contestant in a process of its own, after `preload` of place.mjs: prints one line of JSON.
// Argument: { program, contestant, warmUp, timed, save? }. With `save`, a name, the modules that the program compiles are
// written to the cache, and their list under that name. Without `timed` there is no steady state.
import { repeated } from './measure.mjs'
import { outcomeOf, prepared } from './program-outcome.mjs'

const { program, contestant, warmUp, timed, save } = JSON.parse(process.argv[2])
const finish = prepared(save)
const { start } = await import(`./programs/${program}.mjs`)

const begin = performance.now()
const work = await start(globalThis.WebAssembly, contestant)
const loaded = performance.now()
const result = await work((_name, action) => action())
const first = performance.now()
const outcome = outcomeOf({ result, load: loaded - begin, work: first - loaded })

const warming = timed ? await repeated(once, warmUp) : []
const steady = timed ? await repeated(once, timed) : []
const totals = (list) => list.map(({ total }) => total)
finish({ ...outcome, warming: totals(warming), steady: totals(steady), parts: partTimes(steady) })

/** Time of a unit of work, and times of its parts by name. */
async function once() {
  const parts = {}
  const before = performance.now()
  const again = await work((name, action) => {
    const partStart = performance.now()
    const value = action()
    parts[name] = performance.now() - partStart
    return value
  })
  if (again !== result) throw new Error('a unit of work has not the result of the first')
  return { total: performance.now() - before, parts }
}

/** The least time of each part. */
function partTimes(list) {
  const names = Object.keys(list[0]?.parts ?? {})
  return Object.fromEntries(names.map((name) => [name, Math.min(...list.map(({ parts }) => parts[name]))]))
}
