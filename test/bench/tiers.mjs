// Where the time of a program's first run goes, by tier of V8: one more run under V8's own sampling profiler.
import { execFileSync } from 'node:child_process'
import { createReadStream, openSync, readFileSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { cacheFile, ofRun } from './cache.mjs'
import { deoptimisations, shares } from './ticks.mjs'

/**
 * Adds `tiers` to each entry that has run.
 * @param {{ engine: import('./engines.mjs').Engine, limitMs: number, onStep: Function, onGroup: Function }} options
 */
export async function addTiers(groups, { engine, limitMs, onStep, onGroup }) {
  for (const [i, { name, entries }] of groups.entries()) {
    for (const entry of entries.filter(({ problem, rounds }) => !problem && rounds.length > 0)) {
      onStep(undefined, { at: i + 1, of: groups.length }, name, entry.key)
      entry.tiers = await tiersOf(engine, entry, limitMs).catch(({ message }) => ({ problem: message }))
    }
    onGroup()
  }
}

/** The first run alone: it is what users wait for. */
async function tiersOf(engine, entry, limitMs) {
  const log = cacheFile(ofRun('v8.log'))
  const flags = ['--prof', '--log-deopt', '--no-logfile-per-isolate', `--logfile=${log}`]
  const argument = { ...entry.argument, warmUp: undefined, timed: undefined }
  const { span } = await engine.run({ ...entry, argument, flags: [...entry.flags, ...flags] }, limitMs)
  const lines = createInterface({ input: createReadStream(log), crlfDelay: Number.POSITIVE_INFINITY })
  const found = { ...shares(profile(engine.v8, log), span), ...(await deoptimisations(lines, span)) }
  rmSync(log)
  return found
}

/** V8's log with addresses made names, as Node itself does it. */
function profile(node, log) {
  const file = `${log}.json`
  const command = [node, ['--max-old-space-size=8000', '--prof-process', '--preprocess', log]]
  execFileSync(...command, { stdio: ['ignore', openSync(file, 'w'), 'ignore'] })
  const parsed = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  return parsed
}
