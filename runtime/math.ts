// The Math functions of ES2015, with stand-ins for engines that lack them.

type Unary = (x: number) => number

/** @returns the low 32 bits, signed, of the product of two int32. */
export const imul: (x: number, y: number) => number = Math.imul || imul_es5

/** @returns the nearest f32. */
export const fround: Unary = Math.fround || fround_es5

/** @returns the number of leading zero bits of the low 32 bits; 32 for 0. */
export const clz32: Unary = Math.clz32 || clz32_es5

/** @returns `x` rounded toward zero; keeps -0. */
export const trunc: Unary = Math.trunc || trunc_es5

function imul_es5(x: number, y: number): number {
  const low = x & 0xffff
  return (low * y + (((((x >>> 16) * (y & 0xffff)) | 0) << 16) >>> 0)) | 0
}

function fround_es5(x: number): number {
  return new Float32Array([x])[0]!
}

function clz32_es5(x: number): number {
  let rest = x >>> 0
  let count = 32
  while (rest !== 0) {
    rest >>>= 1
    count--
  }
  return count
}

function trunc_es5(x: number): number {
  return x < 0 ? Math.ceil(x) : Math.floor(x)
}
