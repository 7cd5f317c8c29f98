// Plain recursion.

function fibonacci(n: i32): i32 {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2)
}

export function run(n: i32): i32 {
  let sum = 0
  for (let i = 0; i < n; i++) sum = sum * 3 + fibonacci(24 + (i & 1))
  return sum
}
