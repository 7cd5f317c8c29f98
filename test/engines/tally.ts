// How the commands of the suite went on an engine.

import type { Command, Outcome } from '../spec/script.ts'
import { isAboutNanBits } from './nan.ts'

export interface Tally {
  passed: number
  /** Refused by the compiler, or no binary module: nothing runs. */
  skipped: number
  /** Failed for what the engine has not, by the reason. */
  lacking: Record<string, number>
  /** Failed without one: the command and the message. */
  failed: string[]
}

export const emptyTally = (): Tally => ({ passed: 0, skipped: 0, lacking: {}, failed: [] })

/** Why a command must fail there, if it must. */
function excuse(command: Command, { message = '' }: Outcome, hasOneNaN: boolean): string | undefined {
  if (hasOneNaN && isAboutNanBits(command, message)) return 'NaN bits'
  // An import from JavaScript that takes an i64 gets a BigInt.
  return /'?BigInt'? (undefined|is not defined|not supported)/.test(message) ? 'BigInt' : undefined
}

/** @param counts whether a command is run there at all */
export function add(
  tally: Tally,
  path: string,
  commands: readonly Command[],
  outcomes: readonly Outcome[],
  { hasOneNaN = false, counts }: { hasOneNaN?: boolean; counts?: (command: Command) => boolean } = {},
): void {
  commands.forEach((command, i) => {
    const outcome = outcomes[i]
    if (outcome.result === 'skipped' || counts?.(command) === false) tally.skipped++
    else if (outcome.result === 'passed') tally.passed++
    else {
      const reason = excuse(command, outcome, hasOneNaN)
      if (reason) tally.lacking[reason] = (tally.lacking[reason] ?? 0) + 1
      else tally.failed.push(`${path}:${outcome.line} ${outcome.message} (${outcome.type})`)
    }
  })
}

/** Adds the second tally to the first. */
export function merge(tally: Tally, { passed, skipped, lacking, failed }: Tally): void {
  tally.passed += passed
  tally.skipped += skipped
  tally.failed.push(...failed)
  for (const [reason, count] of Object.entries(lacking)) tally.lacking[reason] = (tally.lacking[reason] ?? 0) + count
}
