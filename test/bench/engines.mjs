// The engines that a run can be made on, each in a file of its own in `engines`.

/**
 * An engine that is open. `run` resolves to what the child measured, or rejects with why it has no figure: `entry` is one
 * of rounds.mjs. `programs`: the real programs run there too; `jitless`: it can be told to interpret only; `v8`: path of the
 * Node that it is.
 * `contestants`: the only ones that run there, all interpreted; ratios are to the first of them.
 * @typedef {{ version: string, run(entry: object, limitMs: number): Promise<object>, close(): void | Promise<void>,
 *   programs?: boolean, jitless?: boolean, v8?: string, contestants?: import('./contestants.mjs').Contestant[] }} Engine
 */

/** Names for `--engines`. */
export const ENGINES = ['node', 'node-here', 'bun', 'firefox', 'quickjs', 'hermes']

/**
 * Opens an engine. One that is not here is one line on stderr.
 * @param {{ node?: string }} paths where commands are that are not to be searched for
 * @returns {Promise<(Engine & { name: string, title: string }) | undefined>}
 */
export async function openEngine(name, paths) {
  const { open, title } = await import(`./engines/${name}.mjs`)
  try {
    return { ...(await open(paths)), name, title }
  } catch (error) {
    console.error(`${title} is left out: ${error.message.split('\n')[0]}`)
    return undefined
  }
}
