// How the immediates of an instruction are encoded: which is all that one who steps over code needs to know of it.

export const SHAPE = {
  none: 0,
  index: 1,
  twoIndices: 2,
  memarg: 3,
  block: 4,
  end: 5,
  i32: 6,
  i64: 7,
  f32: 8,
  f64: 9,
  labels: 10,
  types: 11,
  heaptype: 12,
  cast: 13,
  catches: 14,
  lane: 15,
  memargLane: 16,
  words: 17,
  zero: 18,
  delegate: 19,
} as const

export type Shape = (typeof SHAPE)[keyof typeof SHAPE]
