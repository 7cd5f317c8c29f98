// Random functions of the IR on integers, i64 as single values: sets, stores, choices and loops that end.

import fc from 'fast-check'
import type { Expr } from '../../../src/3-ir/expr.ts'
import { anyOperation, regRead, select } from '../../../src/3-ir/expressions.ts'
import type { Func, Reg, Stmt } from '../../../src/3-ir/ir.ts'
import type { IrOp } from '../../../src/3-ir/ops/index.ts'
import { branch, choice, giveBack, loop, newLabel, setReg, store } from '../../../src/3-ir/statements.ts'
import { INTEGER } from '../../ir/integers.ts'
import { FuncBuilder, long, op, word } from './builder.ts'

type Type = 'i32' | 'i64'

/** Registers that are there in every function: two parameters and three locals of each type. */
interface Registers {
  readonly i32: readonly Reg[]
  readonly i64: readonly Reg[]
}

/** Makes a piece of a function; kept until the function is there, so that pieces can be shrunk. */
type Make<T> = (at: Site) => T

interface Site {
  readonly builder: FuncBuilder
  readonly regs: Registers
  labels: number
}

/** Divisions by constants do not trap. */
const DIVISION = /(div|rem)_[su]$/

const opsTo = (type: Type, isDivision: boolean) =>
  INTEGER.filter(({ name, result }) => result === type && DIVISION.test(name) === isDivision)

const NUMBERS = [0n, 1n, -1n, 2n, 3n, 7n, 8n, 10n, 15n, 24n, 31n, 32n, 33n, 63n, 255n, 256n, 0xffffn, 0x7fffffffn]
const LONGS = [-0x80000000n, 0xffffffffn, 1n << 32n, -1n << 32n, (1n << 63n) - 1n, -1n << 63n, -0x7fffffff00000000n]

const number = fc.oneof(fc.constantFrom(...NUMBERS, ...LONGS), fc.bigInt({ min: -1n << 63n, max: (1n << 63n) - 1n }))

const constantOf = (type: Type, value: bigint): Expr =>
  type === 'i32' ? word(Number(BigInt.asIntN(32, value))) : long(value)

const atom = (type: Type): fc.Arbitrary<Make<Expr>> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.nat(4).map(
        (i): Make<Expr> =>
          ({ regs }) =>
            regRead(regs[type][i]!),
      ),
    },
    {
      weight: 2,
      arbitrary: number.map(
        (value): Make<Expr> =>
          () =>
            constantOf(type, value),
      ),
    },
  )

const { i32, i64 } = fc.letrec<{ i32: Make<Expr>; i64: Make<Expr> }>((tie) => {
  const tree = (type: Type): fc.Arbitrary<Make<Expr>> => {
    const of = (types: readonly string[]) => fc.tuple(...types.map((each) => tie(each as Type)))
    const plain = fc.constantFrom(...opsTo(type, false)).chain(({ name, params }) =>
      of(params).map(
        (args): Make<Expr> =>
          (at) =>
            anyOperation(
              name as IrOp,
              args.map((make) => make(at)),
            ),
      ),
    )
    const divisor = number.filter((value) => ![0n, -1n].includes(BigInt.asIntN(32, value)))
    const division = fc.tuple(fc.constantFrom(...opsTo(type, true)), tie(type), divisor).map(
      ([{ name }, make, by]): Make<Expr> =>
        (at) =>
          anyOperation(name as IrOp, [make(at), constantOf(type, by)]),
    )
    const choose = of(['i32', type, type]).map(
      (args): Make<Expr> =>
        (at) => {
          const [cond, then, otherwise] = args.map((make) => make(at)) as [Expr, Expr, Expr]
          return then.effects === 0 && otherwise.effects === 0 ? select(cond, then, otherwise) : then
        },
    )
    return fc.oneof({ depthSize: 'small', withCrossShrink: true }, atom(type), plain, plain, plain, division, choose)
  }
  return { i32: tree('i32'), i64: tree('i64') }
})

const setOf = (type: Type, value: fc.Arbitrary<Make<Expr>>): fc.Arbitrary<Make<Stmt>> =>
  fc.tuple(fc.nat(4), value).map(
    ([i, make]): Make<Stmt> =>
      (at) =>
        setReg(at.regs[type][i]!, make(at), 0),
  )

const STORES = [
  'i32.store',
  'i32.store8',
  'i32.store16',
  'i64.store',
  'i64.store8',
  'i64.store16',
  'i64.store32',
] as const

const stored = fc.constantFrom(...STORES).chain((name) =>
  (name.startsWith('i32') ? i32 : i64).map(
    (make): Make<Stmt> =>
      (at) =>
        store(name, 0, word(0), 0, make(at), 0),
  ),
)

const ROUNDS = 5

/** A loop that ends after some rounds, or when a condition fails. */
function loopOf(at: Site, cond: Expr, body: Stmt[]): Stmt {
  const label = newLabel(at.labels++)
  const count = at.builder.local('i32')
  const again = op('i32.and', op('i32.lt_u', count, word(ROUNDS)), op('i32.ne', cond, word(0)))
  const next = setReg(count, op('i32.add', count, word(1)), 0)
  return loop(label, [...body, next, choice(again, undefined, [branch(label, 0)], [], 0)], 0)
}

const { list } = fc.letrec<{ list: Make<Stmt>[]; stmt: Make<Stmt> }>((tie) => ({
  list: fc.array(tie('stmt'), { maxLength: 5 }),
  stmt: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    setOf('i32', i32),
    setOf('i64', i64),
    stored,
    fc.tuple(i32, tie('list'), tie('list')).map(
      ([cond, then, otherwise]): Make<Stmt> =>
        (at) =>
          choice(
            cond(at),
            undefined,
            then.map((make) => make(at)),
            otherwise.map((make) => make(at)),
            0,
          ),
    ),
    fc.tuple(i32, tie('list')).map(
      ([cond, body]): Make<Stmt> =>
        (at) =>
          loopOf(
            at,
            cond(at),
            body.map((make) => make(at)),
          ),
    ),
  ),
}))

/** A function of two i32 and two i64, which returns two of its registers. */
export const program: fc.Arbitrary<Func> = fc.tuple(list, i32, i64).map(([body, first, second]) => {
  const builder = new FuncBuilder()
  const [x, y, z, w] = [builder.param('i32'), builder.param('i32'), builder.param('i64'), builder.param('i64')]
  const locals = (type: Type): Reg[] => Array.from({ length: 3 }, () => builder.local(type))
  const at: Site = { builder, regs: { i32: [x, y, ...locals('i32')], i64: [z, w, ...locals('i64')] }, labels: 0 }
  const stmts = body.map((make) => make(at))
  return { ...builder.func([...stmts, giveBack([first(at), second(at)], 0)]), results: ['i32', 'i64'] }
})

/** What such a function may get. */
export const inputs = fc.tuple(number, number, number, number)
