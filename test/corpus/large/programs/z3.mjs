// Z3, a prover in C++ with threads: a thread for each call, and exceptions through JavaScript.
export async function run() {
  const { init } = await import('z3-solver')
  const { Context, em } = await init()
  const { Solver, Int, Real, Bool, BitVec, And, Not, Implies, Distinct } = new Context('main')
  const results = []
  const check = async (...facts) => {
    const solver = new Solver()
    solver.add(...facts)
    const answer = await solver.check()
    results.push(answer, answer === 'sat' ? solver.model().sexpr() : solver.toString().length)
  }
  const queens = Array.from({ length: 6 }, (_, i) => Int.const(`q${i}`))
  const apart = queens.flatMap((q, i) =>
    queens.slice(0, i).map((p, j) => And(q.sub(p).neq(i - j), p.sub(q).neq(i - j))),
  )
  await check(...queens.map((q) => And(q.ge(0), q.lt(6))), Distinct(...queens), ...apart)
  const [x, y] = [Int.const('x'), Int.const('y')]
  await check(x.mul(x).add(y.mul(y)).eq(3))
  await check(x.add(y).eq(10), x.sub(y).eq(4))
  const [a, b] = [BitVec.const('a', 32), BitVec.const('b', 32)]
  const bits = (value) => BitVec.val(value, 32)
  await check(a.xor(b).eq(bits(0x5a5a5a5a)), a.and(b).eq(bits(0)), a.eq(bits(12345 & 0x5a5a5a5a)))
  const r = Real.const('r')
  await check(r.mul(r).eq(2), r.gt(0))
  const [p, q] = [Bool.const('p'), Bool.const('q')]
  await check(Not(Implies(And(Implies(p, q), p), q)))
  em.PThread?.terminateAllThreads()
  return results
}
