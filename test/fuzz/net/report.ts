// What is counted over a run, and how it is printed.

import type { ModuleReport } from './protocol.ts'
import { addTally, noTally } from './trial.ts'

const THOUSANDS = /\B(?=(\d{3})+$)/g
const number = (n: number): string => String(n).replace(THOUSANDS, ',')

export class Totals {
  readonly #modules = new Map<string, number>()
  readonly #skipped = new Map<string, number>()
  /** What is wrong: configurations in which modules differ, and those that hang or kill the process. */
  readonly differences: string[] = []
  readonly #tally = noTally()

  add({ generator, modules, tally, skipped, found }: ModuleReport): void {
    this.#modules.set(generator, (this.#modules.get(generator) ?? 0) + modules)
    addTally(this.#tally, tally)
    this.differences.push(
      ...found.flatMap(({ path, configurations }) => configurations.map((name) => `${path} ${name}`)),
    )
    for (const reason of skipped) this.skip(reason)
  }

  /** A compilation or a call that did not end, or not well. */
  addLost(what: string): void {
    this.differences.push(what)
  }

  skip(reason: string): void {
    const alike = reason.split('\n')[0]!.replace(/\d+/g, 'n')
    this.#skipped.set(alike, (this.#skipped.get(alike) ?? 0) + 1)
  }

  get modules(): number {
    return [...this.#modules.values()].reduce((sum, count) => sum + count, 0)
  }

  toString(): string {
    const { executions, traps, stacks, endless } = this.#tally
    const byGenerator = [...this.#modules].map(([name, count]) => `${name} ${number(count)}`).join(', ')
    const skipped = [...this.#skipped].map(([reason, count]) => `${number(count)} ${reason}`).join(', ')
    return [
      `${number(this.modules)} modules (${byGenerator})`,
      `${number(executions)} executions`,
      `${number(traps)} traps`,
      `${number(stacks)} full stacks`,
      `${number(endless)} calls left out as endless`,
      `${number(this.differences.length)} differences`,
      `skipped: ${skipped === '' ? 'none' : skipped}`,
    ].join('; ')
  }
}
