// The spectral norm of a matrix whose elements are computed, by the power method.

const SIZE = 200
const u = new StaticArray<f64>(SIZE)
const v = new StaticArray<f64>(SIZE)
const w = new StaticArray<f64>(SIZE)

function element(i: i32, j: i32): f64 {
  return 1.0 / f64((((i + j) * (i + j + 1)) >> 1) + i + 1)
}

function multiply(x: StaticArray<f64>, out: StaticArray<f64>, transposed: bool): void {
  for (let i = 0; i < SIZE; i++) {
    let sum: f64 = 0
    for (let j = 0; j < SIZE; j++) sum += (transposed ? element(j, i) : element(i, j)) * x[j]
    out[i] = sum
  }
}

export function run(n: i32): f64 {
  for (let i = 0; i < SIZE; i++) u[i] = 1
  for (let round = 0; round < n; round++) {
    multiply(u, w, false)
    multiply(w, v, true)
    multiply(v, w, false)
    multiply(w, u, true)
  }
  let uv: f64 = 0
  let vv: f64 = 0
  for (let i = 0; i < SIZE; i++) {
    uv += u[i] * v[i]
    vv += v[i] * v[i]
  }
  return Math.sqrt(uv / vv)
}
