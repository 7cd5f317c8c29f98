// The run: in each round every program runs on every contestant, each in a fresh process, so that what else the machine
// does hits all alike.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * One thing to run: `key` is the contestant's name, `flags` go to the engine, `argument` to the child.
 * @typedef {{ key: string, flags: string[], child: string, argument: object, rounds: object[], problem?: string }} Entry
 */

/**
 * Runs all entries of all groups `count` times. A group is one program; its first entry says what the right result is.
 * Entries get their `rounds`, or a `problem`: an error or a wrong result, after which they run no more.
 * @param {{ name: string, entries: Entry[] }[]} groups
 */
export async function runRounds(groups, { engine, count, limitMs, onStep }) {
  for (let round = 0; round < count; round++) {
    for (const group of groups) {
      for (const entry of rotated(group.entries, round)) {
        if (entry.problem) continue
        onStep?.(round, group.name, entry.key)
        await step(group, entry, engine, limitMs)
      }
    }
  }
}

/** The first stays first in the first round: it gives the expected result. */
const rotated = (list, by) => list.map((_, i) => list[(i + by) % list.length])

async function step(group, entry, engine, limitMs) {
  try {
    const outcome = await runChild(engine, entry, limitMs)
    group.expected ??= outcome.result
    if (outcome.result === group.expected) entry.rounds.push(outcome)
    else entry.problem = `wrong result: ${short(outcome.result)} for ${short(group.expected)}`
  } catch (error) {
    entry.problem = error.message
  }
}

const short = (text) => (text.length > 60 ? `${text.slice(0, 60)}...` : text)

function runChild(engine, { flags, child, argument }, limitMs) {
  const script = fileURLToPath(new URL(`./${child}.mjs`, import.meta.url))
  const options = { timeout: limitMs, stdio: ['ignore', 'pipe', 'pipe'], killSignal: 'SIGKILL' }
  const running = spawn(engine, [...flags, script, JSON.stringify(argument)], options)
  let out = ''
  let errors = ''
  running.stdout.on('data', (data) => {
    out += data
  })
  running.stderr.on('data', (data) => {
    errors += data
  })
  return new Promise((resolve, reject) => {
    running.on('error', reject)
    running.on('close', (code, signal) => {
      const line = out.trim().split('\n').at(-1)
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line))
      else if (signal) reject(new Error(`ended after ${limitMs / 1000} s`))
      else reject(new Error(lastError(errors, code)))
    })
  })
}

/** The line that names the error; loaders print whole sources before it. */
function lastError(errors, code) {
  const line = errors.split('\n').find((each) => /^(\w*Error|Uncaught|#)\b/.test(each))
  return (line ?? `exit ${code}: ${errors.slice(-200)}`).trim().slice(0, 200)
}
