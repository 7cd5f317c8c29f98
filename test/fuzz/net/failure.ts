// A failure as files: the module, and beside it how it is to be compiled and called, from which it can be replayed.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Subject } from '../rewrite/observe.ts'
import { pack, unpack } from '../shell/job.ts'
import type { ShellName } from '../shell/shells.ts'
import { configurationName } from './configurations.ts'
import type { Call, Difference } from './contest.ts'
import type { Failure } from './trial.ts'

/** A failure that was found, with what makes it again. */
export interface Case extends Pick<Failure, 'configuration' | 'subject'> {
  readonly calls: readonly Call[]
  /** The engine that differs, if it is another than that of the net. */
  readonly shell?: ShellName
  /** How often all calls are made, each time on a new instance; 1 if it does not say. */
  readonly rounds?: number
  /** For what host functions give. */
  readonly seed: number
  readonly what: string
  readonly native: string
  readonly ours: string
  /** Which module of which run it was. */
  readonly origin: string
}

export const caseOf = ({ configuration, subject, difference, shell }: Failure, seed: number, origin: string): Case => {
  const { what, native, ours, calls } = difference
  return { configuration, subject, calls, seed, what, native, ours, origin, ...(shell === undefined ? {} : { shell }) }
}

/** Writes NAME.wasm and NAME.json. @returns the path of the latter */
export function writeCase(folder: string, name: string, found: Case): string {
  mkdirSync(folder, { recursive: true })
  const { bytes, ...subject } = found.subject
  writeFileSync(join(folder, `${name}.wasm`), bytes)
  const path = join(folder, `${name}.json`)
  const text = { ...found, subject, configurationName: configurationName(found.configuration) }
  writeFileSync(path, `${JSON.stringify(text, pack, 1)}\n`)
  return path
}

/** Reads what writeCase wrote, given the path that it gave. */
export function readCase(path: string): Case {
  const text = readFileSync(path, 'utf8')
  const found = JSON.parse(text) as Case
  const { calls } = JSON.parse(text, unpack) as Case
  const bytes = new Uint8Array(readFileSync(join(dirname(path), `${basename(path, '.json')}.wasm`)))
  return { ...found, calls, subject: { ...found.subject, bytes } as Subject }
}

export const showDifference = ({ what, native, ours }: Pick<Difference, 'what' | 'native' | 'ours'>): string =>
  `${what}: native ${native}, compiled ${ours}`
