// What is timed of one kernel, the same on every engine.

/**
 * Loads a kernel and calls it batch after batch; times are in milliseconds.
 * @param {() => Promise<(n: number) => unknown>} load
 * @param {{ n: number, warmUp: { batches: number, ms: number }, timed: { batches: number, ms: number } }} work
 */
export async function measure(load, { n, warmUp, timed }) {
  const { performance } = globalThis
  const start = performance.now()
  const run = await load()
  const loaded = performance.now()
  const result = run(n)
  const first = performance.now()
  const again = () => {
    const value = run(n)
    if (!Object.is(value, result)) throw new Error(`run(${n}) gave ${result} first and ${value} later`)
  }
  const warming = batches(again, warmUp)
  const steady = batches(again, timed)
  return { result: String(result), load: loaded - start, first: first - start, warming, steady }
}

/** Times of single batches, until there are enough or the time is over; at least one. */
function batches(run, { batches: most, ms }) {
  const times = []
  const end = performance.now() + ms
  do {
    const before = performance.now()
    run()
    times.push(performance.now() - before)
  } while (times.length < most && performance.now() < end)
  return times
}

/** What `once` resolves to, of as many calls as `batches` allows; for work that waits. */
export async function repeated(once, { batches: most, ms }) {
  const done = []
  const end = performance.now() + ms
  do done.push(await once())
  while (done.length < most && performance.now() < end)
  return done
}
