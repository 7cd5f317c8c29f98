// Reduces a failure that is in files, and leaves the smaller one beside it.

import { writeFileSync } from 'node:fs'
import { type Case, readCase, showDifference, writeCase } from '../net/failure.ts'
import type { ReduceReport } from '../net/protocol.ts'
import { replay } from '../net/replay.ts'
import { failsLike } from './fails.ts'
import { binaryenPasses } from './passes.ts'
import { reduceCase } from './reduce.ts'
import { textOf } from './text.ts'

/** Milliseconds between two writings of what there is: the process may be killed. */
const INTERVAL = 500

/** Rounds that are tried one after the other: so many, until it fails. */
const ROUNDS = [1, 30, 300]

/** Writes NAME.min.wasm, .json and .wat beside NAME.json, in `within` milliseconds. Throws if it does not fail. */
export async function reduceFiles(path: string, within: number): Promise<ReduceReport> {
  const read = readCase(path)
  const fails = failsLike(read)
  const found = ROUNDS.map((rounds) => ({ ...read, rounds })).find(fails)
  if (found === undefined) throw new Error(`${path}: does not fail, or does not end`)
  const [folder, name] = [path.slice(0, path.lastIndexOf('/')), path.slice(path.lastIndexOf('/') + 1, -'.json'.length)]
  let written = 0
  const write = (smaller: Case): string => {
    written = Date.now()
    return writeCase(folder, `${name}.min`, smaller)
  }
  const onSmaller = (smaller: Case): void => void (Date.now() > written + INTERVAL && write(smaller))
  const best = await reduceCase(found, { fails, passes: await binaryenPasses(), until: Date.now() + within, onSmaller })
  const small = { ...best, ...replay(best), call: undefined } as Case
  const target = write(small)
  const head = `;; ${showDifference(small).replaceAll('\n', '\n;; ')}\n`
  writeFileSync(target.replace(/json$/, 'wat'), head + (await textOf(small.subject.bytes)))
  return { kind: 'reduced', path: target, before: found.subject.bytes.length, after: small.subject.bytes.length }
}
