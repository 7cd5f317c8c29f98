// The run: in each round every program runs on every contestant, each in a fresh process (or worker), so that what else
// the machine does hits all alike.

/**
 * One thing to run: `key` is the contestant's name, `flags` go to the engine, `argument` to the child, before which the
 * file `preload` is loaded; `later` is the argument from the second round on, if that is another.
 * @typedef {{ key: string, flags: string[], preload?: string, child: string, argument: object, later?: object, rounds: object[], problem?: string }} Entry
 */

/**
 * Runs all entries of all groups `count` times. A group is one program; its first entry says what the right result is.
 * Entries get their `rounds`, or a `problem`: an error or a wrong result, after which they run no more.
 * @param {{ name: string, entries: Entry[] }[]} groups
 * @param {{ engine: import('./engines.mjs').Engine, count: number, limitMs: number, onStep?: Function, onGroup?: Function }}
 *   options `onStep` is called before each entry, `onGroup` after each group
 */
export async function runRounds(groups, { engine, count, limitMs, onStep, onGroup }) {
  for (let round = 0; round < count; round++) {
    for (const [i, group] of groups.entries()) {
      for (const entry of rotated(group.entries, round)) {
        if (entry.problem) continue
        onStep?.(round, { at: i + 1, of: groups.length }, group.name, entry.key)
        await step(group, entry, round, { engine, limitMs })
      }
      onGroup?.()
    }
  }
}

/** The first stays first in the first round: it gives the expected result. */
const rotated = (list, by) => list.map((_, i) => list[(i + by) % list.length])

async function step(group, entry, round, { engine, limitMs }) {
  try {
    const argument = (round > 0 && entry.later) || entry.argument
    const outcome = await engine.run({ ...entry, argument }, limitMs)
    group.expected ??= outcome.result
    if (outcome.result === group.expected) entry.rounds.push(outcome)
    else entry.problem = `wrong result: ${short(outcome.result)} for ${short(group.expected)}`
  } catch (error) {
    entry.problem = error.message
    if (entry === group.entries[0]) withoutFirst(group)
  }
}

/** With nothing to compare with, the others have no figure either. */
function withoutFirst({ entries: [first, ...others] }) {
  for (const other of others) other.problem ??= `no figure of ${first.key} to compare with`
}

const short = (text) => (text.length > 60 ? `${text.slice(0, 60)}...` : text)
