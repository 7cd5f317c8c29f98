// What is known of values put together bit by bit: where all bits of both are copies of their signs, so are the result's.

import { type KnownBits, known } from './known-bits.ts'

export const and = (a: KnownBits, b: KnownBits): KnownBits =>
  known(
    a.width,
    a.zerosLo | b.zerosLo,
    a.zerosHi | b.zerosHi,
    a.onesLo & b.onesLo,
    a.onesHi & b.onesHi,
    Math.min(a.signs, b.signs),
  )

export const or = (a: KnownBits, b: KnownBits): KnownBits =>
  known(
    a.width,
    a.zerosLo & b.zerosLo,
    a.zerosHi & b.zerosHi,
    a.onesLo | b.onesLo,
    a.onesHi | b.onesHi,
    Math.min(a.signs, b.signs),
  )

export const xor = (a: KnownBits, b: KnownBits): KnownBits =>
  known(
    a.width,
    (a.zerosLo & b.zerosLo) | (a.onesLo & b.onesLo),
    (a.zerosHi & b.zerosHi) | (a.onesHi & b.onesHi),
    (a.zerosLo & b.onesLo) | (a.onesLo & b.zerosLo),
    (a.zerosHi & b.onesHi) | (a.onesHi & b.zerosHi),
    Math.min(a.signs, b.signs),
  )
