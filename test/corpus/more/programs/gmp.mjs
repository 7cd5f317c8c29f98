// GMP and MPFR: big integers, fractions and floats, all of it 64-bit and 32-bit arithmetic on limbs.
import { createRequire } from 'node:module'
import { digest } from '../../inputs.mjs'

export async function run() {
  const gmp = createRequire(import.meta.url)('gmp-wasm')
  const { calculate, binding } = await gmp.init()
  const results = [
    calculate((g) => g.Integer(3).pow(5000)),
    calculate((g) => g.Integer('123456789012345678901234567890').pow(40).div('1000000000000000000000000000057')),
    calculate((g) => g.Integer(2).pow(521).sub(1).gcd(g.Integer(2).pow(607).sub(1))),
    calculate((g) => g.Rational(355, 113).add('1/7').mul('-22/3').invert()),
    calculate((g) => g.Pi().toString(), { precisionBits: 4000 }),
    calculate((g) => g.Float(2).sqrt().exp().log10().toString(), { precisionBits: 900 }),
    calculate((g) => g.Float('0.1').gamma().sin().toString(), { precisionBits: 300 }),
    calculate((g) => g.EulerConstant().toString(), { precisionBits: 700 }),
    ...[0, 1, 2, 3, 4].map((mode) => calculate((g) => g.Float(1).div(3), { precisionBits: 10, roundingMode: mode })),
  ].map((value) => (value.length > 60 ? [value.length, digest(value), value.slice(-30)] : value))
  const n = binding.mpz_t()
  binding.mpz_init(n)
  binding.mpz_fac_ui(n, 110)
  results.push(binding.mpz_sizeinbase(n, 10), binding.mpz_probab_prime_p(n, 5), binding.mpz_scan1(n, 0))
  binding.mpz_nextprime(n, n)
  results.push(digest(binding.mpz_to_string(n, 36)))
  return results
}
