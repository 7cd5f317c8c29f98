// Atomic instructions on shared memories. Each takes the memory, the address and its offset, both unsigned, and its operands;
// an i64 is two words. Narrow ones give what they read extended by zeros, and take the low bits.

import { i64_in, i64_out } from './boundary.ts'
import { type SharedMemory, shared_memory_renew } from './shared-memory.ts'
import { trap, trap_memory } from './traps.ts'

/** The trap of an atomic access to an address that is no multiple of its size. */
export function trap_unaligned(): Error {
  return trap('operation does not support unaligned accesses')
}

/** Traps if an address is no multiple of a size, which is one more than `mask`: for memories that are not shared. */
export function atomic_aligned(address: number, mask: number): void {
  if (address & mask) throw trap_unaligned()
}

/** The index of the element of 2^shift bytes at an address. */
export function atomic_index(m: SharedMemory, p: number, o: number, shift: number): number {
  const address = (p >>> 0) + (o >>> 0)
  const end = address + (1 << shift)
  if (end > m.bytes.length) shared_memory_renew(m)
  if (end > m.bytes.length) throw trap_memory()
  if (address & ((1 << shift) - 1)) throw trap_unaligned()
  return address >>> shift
}

/** What an atomic instruction gives, once it has seen what others did before. */
function atomic_done<T>(m: SharedMemory, x: T): T {
  if (m.native !== null ? m.pages < m.max : m.state.size[0] !== m.pages) shared_memory_renew(m)
  return x
}

/** Orders what is before it before what is behind it: an atomic instruction on a word that stays as it is. */
export function atomic_fence(m: SharedMemory): void {
  atomic_done(m, Atomics.or(m.state.size, 0, 0))
}

export function atomic_load8(m: SharedMemory, p: number, o: number): number {
  return atomic_done(m, Atomics.load(m.bytes, atomic_index(m, p, o, 0)))
}

export function atomic_store8(m: SharedMemory, p: number, o: number, x: number): void {
  atomic_done(m, Atomics.store(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_add8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.add(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_sub8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.sub(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_and8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.and(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_or8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.or(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_xor8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.xor(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_xchg8(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.exchange(m.bytes, atomic_index(m, p, o, 0), x))
}

export function atomic_cmpxchg8(m: SharedMemory, p: number, o: number, x: number, y: number): number {
  return atomic_done(m, Atomics.compareExchange(m.bytes, atomic_index(m, p, o, 0), x, y))
}

export function atomic_load16(m: SharedMemory, p: number, o: number): number {
  return atomic_done(m, Atomics.load(m.shorts, atomic_index(m, p, o, 1)))
}

export function atomic_store16(m: SharedMemory, p: number, o: number, x: number): void {
  atomic_done(m, Atomics.store(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_add16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.add(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_sub16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.sub(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_and16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.and(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_or16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.or(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_xor16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.xor(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_xchg16(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.exchange(m.shorts, atomic_index(m, p, o, 1), x))
}

export function atomic_cmpxchg16(m: SharedMemory, p: number, o: number, x: number, y: number): number {
  return atomic_done(m, Atomics.compareExchange(m.shorts, atomic_index(m, p, o, 1), x, y))
}

export function atomic_load32(m: SharedMemory, p: number, o: number): number {
  return atomic_done(m, Atomics.load(m.words, atomic_index(m, p, o, 2)))
}

export function atomic_store32(m: SharedMemory, p: number, o: number, x: number): void {
  atomic_done(m, Atomics.store(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_add32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.add(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_sub32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.sub(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_and32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.and(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_or32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.or(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_xor32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.xor(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_xchg32(m: SharedMemory, p: number, o: number, x: number): number {
  return atomic_done(m, Atomics.exchange(m.words, atomic_index(m, p, o, 2), x))
}

export function atomic_cmpxchg32(m: SharedMemory, p: number, o: number, x: number, y: number): number {
  return atomic_done(m, Atomics.compareExchange(m.words, atomic_index(m, p, o, 2), x, y))
}

export function atomic_load64(m: SharedMemory, p: number, o: number): number {
  return i64_in(atomic_done(m, Atomics.load(m.longs, atomic_index(m, p, o, 3))))
}

export function atomic_store64(m: SharedMemory, p: number, o: number, x: number, xh: number): void {
  atomic_done(m, Atomics.store(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh)))
}

export function atomic_add64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.add(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_sub64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.sub(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_and64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.and(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_or64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.or(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_xor64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.xor(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_xchg64(m: SharedMemory, p: number, o: number, x: number, xh: number): number {
  return i64_in(atomic_done(m, Atomics.exchange(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh))))
}

export function atomic_cmpxchg64(
  m: SharedMemory,
  p: number,
  o: number,
  x: number,
  xh: number,
  y: number,
  yh: number,
): number {
  return i64_in(
    atomic_done(m, Atomics.compareExchange(m.longs, atomic_index(m, p, o, 3), i64_out(x, xh), i64_out(y, yh))),
  )
}
