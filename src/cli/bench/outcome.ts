// What `nowasm bench` found out: the content of its reports, and of --json.

import { quantile } from './statistics.ts'
import type { Laps } from './turns.ts'

export interface Outcome {
  readonly file: string
  /** The exported function, and its arguments as they were written. */
  readonly invoke: string
  readonly args: readonly string[]
  /** The engine that ran all of them, and the machine. */
  readonly engine: string
  readonly machine: string
  /** ISO 8601. */
  readonly date: string
  /** The first is what the others are compared with: `native`, unless the engine has no WebAssembly. */
  readonly contestants: readonly Figures[]
  readonly failures: readonly Failure[]
  /** A line for each peer that is not installed. */
  readonly leftOut: readonly string[]
}

/** One contestant. Times in milliseconds. */
export interface Figures {
  readonly name: string
  /** From the module's bytes to something that can be instantiated. */
  readonly compile: number
  /** From there to an instance. */
  readonly load: number
  readonly first: number
  /** Of the steady state: the second half of the samples of full length. */
  readonly median: number
  /** Of the same samples without a tenth at both ends: most less least, in relation to the median. */
  readonly spread: number
  /** How many samples have full length. */
  readonly samples: number
  /** Time of a call, by samples in their order, from the second call on. */
  readonly times: readonly number[]
  /** Size of what would be shipped, as it is written and gzipped. */
  readonly bytes: number
  readonly gzip: number
}

/** A contestant without figures, and why. */
export interface Failure {
  readonly name: string
  readonly problem: string
}

export function figures({ side, first, times, warm }: Laps): Figures {
  const { name, compile, load, bytes, gzip } = side
  const full = times.slice(Math.min(warm, times.length - 1))
  const steady = full.slice(full.length >> 1)
  const median = quantile(steady, 0.5)
  const spread = (quantile(steady, 0.9) - quantile(steady, 0.1)) / median
  return { name, compile, load, first, median, spread, samples: full.length, times, bytes, gzip }
}

/** Whether there is a native engine to compare with. */
export const isCompared = ({ contestants }: Outcome): boolean => contestants[0]!.name === 'native'
