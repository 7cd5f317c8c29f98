// poll_oneoff: waits for clocks and descriptors.

import { isClock, now } from './clocks.ts'
import type { Context, Version, WasiFunction } from './context.ts'
import type { Descriptors } from './descriptors.ts'
import { errnoOf, fail, SUCCESS } from './errno.ts'
import { sleep } from './host.ts'
import type { GuestMemory } from './memory.ts'
import { RIGHT } from './rights.ts'

/** WASI "eventtype". */
const CLOCK = 0
const FD_READ = 1
const FD_WRITE = 2

/** Bytes of an "event": userdata, errno, type, and for descriptors how many bytes there are. */
const EVENT = 32

/** WASI "subclockflags": the time is one of the clock's, not from now on. */
const ABSTIME = 1

/** Where a "subscription" has its fields: the version before preview 1 has one more, `identifier`, in those of clocks. */
const LAYOUTS = {
  preview1: { size: 48, clock: 16, timeout: 24, flags: 40 },
  unstable: { size: 56, clock: 24, timeout: 32, flags: 48 },
} as const satisfies Record<Version, object>

/** Milliseconds between two looks at streams that have nothing to read. */
const PAUSE = 5

/** What a subscription waits for. */
interface Subscription {
  readonly userdata: bigint
  readonly type: number
  /** How many bytes there are, undefined as long as it is to wait. Fails with what is wrong. */
  ask(): number | undefined
  /** Nanoseconds until it is over; undefined if only the world knows. */
  remaining(): bigint | undefined
}

export function pollFunctions({ memory, descriptors, version }: Context): Record<string, WasiFunction> {
  return {
    poll_oneoff(subscriptions: number, events: number, count: number, result: number) {
      const { size } = LAYOUTS[version]
      if (count === 0) fail('INVAL')
      memory.bytes(events, (count >>> 0) * EVENT)
      memory.bytes(subscriptions, (count >>> 0) * size)
      const all = Array.from({ length: count >>> 0 }, (_, i) =>
        subscription(memory, subscriptions + i * size, version, descriptors),
      )
      for (;;) {
        const happened = look(all, memory, events)
        if (happened > 0) return memory.setU32(result, happened)
        sleep(pause(all))
      }
    },
  }
}

function subscription(memory: GuestMemory, at: number, version: Version, descriptors: Descriptors): Subscription {
  const userdata = memory.u64(at)
  const type = memory.u8(at + 8)
  if (type === CLOCK) {
    const layout = LAYOUTS[version]
    return clock(
      userdata,
      memory.u32(at + layout.clock),
      memory.u64(at + layout.timeout),
      memory.u16(at + layout.flags),
    )
  }
  if (type !== FD_READ && type !== FD_WRITE) fail('INVAL')
  const fd = memory.u32(at + 16)
  const rights = RIGHT.POLL_FD_READWRITE | (type === FD_READ ? RIGHT.FD_READ : RIGHT.FD_WRITE)
  const ask = () => readiness(descriptors, fd, rights, type)
  return { userdata, type, ask, remaining: () => undefined }
}

function clock(userdata: bigint, id: number, timeout: bigint, flags: number): Subscription {
  // What is no clock is an event, which has the error when it is asked for: others in the list are not to blame.
  const deadline = (flags & ABSTIME) !== 0 || !isClock(id) ? timeout : now(id) + timeout
  const remaining = (): bigint => deadline - now(id)
  return { userdata, type: CLOCK, ask: () => (remaining() <= 0n ? 0 : undefined), remaining }
}

/** Files are always ready. Streams are, as far as it cannot be known that they are not. */
function readiness(descriptors: Descriptors, fd: number, rights: bigint, type: number): number | undefined {
  const open = descriptors.get(fd, rights)
  if (open.kind === 'stream') return type === FD_WRITE || open.stream.isReady() ? 0 : undefined
  if (open.kind === 'folder' || type === FD_WRITE || open.position === undefined) return 0
  return Math.max(0, Number(open.fs.fstatSync(open.fd, { bigint: true }).size) - open.position)
}

/** Writes an event for each subscription that need not wait any more; gives how many. */
function look(all: readonly Subscription[], memory: GuestMemory, events: number): number {
  let happened = 0
  for (const { userdata, type, ask } of all) {
    let errno = SUCCESS
    let bytes: number | undefined = 0
    try {
      bytes = ask()
    } catch (error) {
      errno = errnoOf(error)
    }
    if (bytes === undefined) continue
    const at = events + happened++ * EVENT
    memory.bytes(at, EVENT).fill(0)
    memory.setU64(at, userdata)
    memory.setU16(at + 8, errno)
    memory.setU8(at + 10, type)
    memory.setU64(at + 16, BigInt(bytes))
  }
  return happened
}

/** Milliseconds until something may have happened. */
function pause(all: readonly Subscription[]): number {
  let least = Number.POSITIVE_INFINITY
  for (const { remaining } of all) {
    const nanoseconds = remaining()
    least = Math.min(least, nanoseconds === undefined ? PAUSE : Number(nanoseconds) / 1e6)
  }
  return Math.max(0, least)
}
