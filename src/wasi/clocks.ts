// Clocks: clock_time_get and clock_res_get.

import type { Context, WasiFunction } from './context.ts'
import { fail } from './errno.ts'
import { nodeProcess } from './host.ts'

/** WASI "clockid". */
const REALTIME = 0
const MONOTONIC = 1
const PROCESS_CPUTIME = 2
const THREAD_CPUTIME = 3

const NANOSECONDS = 1_000_000
const nanoseconds = (milliseconds: number): bigint => BigInt(Math.round(milliseconds * NANOSECONDS))

export function clockFunctions({ memory }: Context): Record<string, WasiFunction> {
  return {
    clock_time_get(id: number, _precision: bigint, result: number) {
      memory.setU64(result, now(id))
    },
    clock_res_get(id: number, result: number) {
      memory.setU64(result, resolutionOf(id))
    },
  }
}

export const isClock = (id: number): boolean => id >= REALTIME && id <= THREAD_CPUTIME

/** Nanoseconds, of the time of day since 1970. Fails with INVAL for a clock that is none. */
export function now(id: number): bigint {
  switch (id) {
    case REALTIME:
      return BigInt(Date.now()) * BigInt(NANOSECONDS)
    case MONOTONIC:
      return nodeProcess()?.hrtime.bigint() ?? nanoseconds(performance.now())
    case PROCESS_CPUTIME:
    case THREAD_CPUTIME:
      return cpuTime()
    default:
      return fail('INVAL')
  }
}

/** Of the process: where a thread's own can be told differs too much. Where there is no process, the time that goes by. */
function cpuTime(): bigint {
  const usage = nodeProcess()?.cpuUsage()
  return usage ? BigInt(usage.user + usage.system) * 1000n : nanoseconds(performance.now())
}

/** What the clocks count by: JavaScript's time of day milliseconds, a page's clock some microseconds at best. */
function resolutionOf(id: number): bigint {
  if (id === REALTIME) return BigInt(NANOSECONDS)
  if (!isClock(id)) fail('INVAL')
  if (!nodeProcess()) return 5000n
  return id === MONOTONIC ? 1n : 1000n
}
