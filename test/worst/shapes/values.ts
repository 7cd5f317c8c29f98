// Shapes of expressions: what is computed, and how deep.

import { access, constant, END, ins, type NumName, opcode } from '../../binary/code.ts'
import { ModuleBuilder } from '../../binary/module.ts'
import { get, i32, i64, join, repeat, set } from '../code.ts'
import type { Shapes } from './shape.ts'
import { convert, LOCAL, ofValues, TYPES, use } from './typed.ts'

/** Bodies of functions from i32 to i32 that are put where they are called. */
const CALLEES: Record<string, { locals?: number; code: readonly number[] }> = {
  'uses its parameter three times': {
    code: [...get(0), ...get(0), ...opcode('i32.mul'), ...get(0), ...opcode('i32.add')],
  },
  'sets its parameter': { code: [...get(0), ...i32(1), ...opcode('i32.add'), ...set(0), ...get(0)] },
  'rotates': { code: [...get(0), ...i32(7), ...opcode('i32.rotl')] },
  'has an if': { code: [...get(0), 0x04, 0x7f, ...get(0), 0x05, ...i32(3), END] },
  'returns early': { code: [...get(0), 0x04, 0x40, ...get(0), 0x0f, END, ...i32(3)] },
  'has locals': { locals: 4, code: [...get(0), ...ins('local.tee', 3), ...get(3), ...opcode('i32.add')] },
  'multiplies on i64': {
    code: [
      ...get(0),
      ...opcode('i64.extend_i32_u'),
      ...i64(7n),
      ...opcode('i64.mul'),
      ...i64(32n),
      ...opcode('i64.shr_u'),
      ...opcode('i32.wrap_i64'),
    ],
  },
  'is the identity': { code: get(0) },
  'loads': { code: [...get(0), ...access('i32.load', 4, 2)] },
  'stores': { code: [...get(0), ...get(0), ...access('i32.store', 4, 2), ...get(0)] },
  'calls another': { code: [...get(0), ...ins('call', 1)] },
  'selects': { code: [...get(0), ...i32(3), ...get(0), 0x1b] },
}

function ofCallee(code: readonly number[], locals: number, callers: readonly (readonly number[])[]) {
  const builder = new ModuleBuilder()
  const type = { params: ['i32'], results: ['i32'] } as const
  builder.memory({ min: 1 })
  builder.func(type, new Array(locals).fill('i32'), code)
  builder.func(type, [], get(0))
  let last = 0
  for (const caller of callers) last = builder.func(type, [], caller)
  builder.export('f', 'func', last)
  return builder.build()
}

function callsOf([name, { locals = 0, code }]: [string, (typeof CALLEES)[string]]): Shapes {
  const chain = (count: number): number[] =>
    join(
      get(0),
      repeat(count, () => ins('call', 0)),
    )
  return {
    [`one caller of what ${name}`]: (n) => ofCallee(code, locals, [chain(n)]),
    [`many callers of what ${name}`]: (n) => ofCallee(code, locals, new Array(Math.ceil(n / 100)).fill(chain(100))),
    [`many calls in sums of what ${name}`]: (n) =>
      ofCallee(
        code,
        locals,
        new Array(Math.ceil(n / 100)).fill(
          join(
            get(0),
            repeat(100, () => [...get(0), ...ins('call', 0), ...opcode('i32.add'), ...ins('call', 0)]),
          ),
        ),
      ),
  }
}

export const CALLS: Shapes = Object.assign({}, ...Object.entries(CALLEES).map(callsOf))

const ofMemory = (code: readonly number[], locals: readonly NumName[] = []): Uint8Array<ArrayBuffer> => {
  const builder = new ModuleBuilder()
  builder.memory({ min: 1 })
  const type = { params: ['i32'], results: ['i32'] } as const
  builder.export('f', 'func', builder.func(type, ['i32', 'i64', 'f64', ...locals], join(code, get(1))))
  return builder.build()
}

const LOADS = ['i32.load', 'i32.load8_u', 'i64.load', 'i64.load8_s', 'f32.load', 'f64.load'] as const
const STORES = ['i32.store', 'i32.store8', 'i32.store16', 'i64.store', 'i64.store8'] as const
const typeOf = (name: string): NumName => name.slice(0, 3) as NumName

function loadsOf(name: (typeof LOADS)[number]): Shapes {
  const type = typeOf(name)
  return {
    [`${name} of ${name}`]: (n) =>
      ofMemory(
        join(
          get(0),
          repeat(n, (i) => [...access(name, i % 64), ...convert(type, 'i32')]),
          set(1),
        ),
      ),
    [`sum of ${name}`]: (n) =>
      ofMemory(
        join(
          get(1),
          repeat(n, (i) => [...get(0), ...access(name, i), ...convert(type, 'i32'), ...opcode('i32.add')]),
          set(1),
        ),
      ),
  }
}

const storesOf = (name: (typeof STORES)[number]): Shapes => ({
  [`${name} of zero with one base`]: (n) =>
    ofMemory(repeat(n, (i) => [...get(0), ...constant(typeOf(name), 0n), ...access(name, i)])),
  [`${name} of values with one base`]: (n) =>
    ofMemory(repeat(n, (i) => [...get(0), ...get(0), ...convert('i32', typeOf(name)), ...access(name, 4 * i)])),
  [`${name} at computed addresses`]: (n) =>
    ofMemory(
      repeat(n, (i) => [
        ...get(0),
        ...i32(i),
        ...opcode('i32.add'),
        ...i32(2),
        ...opcode('i32.shl'),
        ...get(1),
        ...convert('i32', typeOf(name)),
        ...access(name, 8),
      ]),
    ),
})

const selects = (type: NumName): Shapes => ({
  [`select of ${type}, in the first operand`]: (n) =>
    ofValues(
      join(
        get(LOCAL[type]),
        repeat(n, () => [...get(LOCAL[type]), ...get(0), 0x1b]),
        use(type),
      ),
    ),
  [`select of ${type}, in the second operand`]: (n) =>
    ofValues(
      join(
        repeat(n, () => get(LOCAL[type])),
        get(LOCAL[type]),
        repeat(n, () => [...get(0), 0x1b]),
        use(type),
      ),
    ),
  [`select of ${type}, in the condition`]: (n) =>
    ofValues(
      join(
        repeat(n, () => [...get(LOCAL[type]), ...get(LOCAL[type])]),
        get(0),
        repeat(n, () => [0x1b, ...convert(type, 'i32')]),
        set(1),
      ),
    ),
})

export const VALUES: Shapes = {
  ...Object.assign({}, ...LOADS.map(loadsOf), ...STORES.map(storesOf), ...TYPES.map(selects)),
  'constants of i64': (n) =>
    ofValues(
      join(
        repeat(n, (i) => [
          ...i64(BigInt(i) * 0x9e3779b97f4a7c15n),
          ...get(3),
          ...opcode('i64.xor'),
          ...get(3),
          ...opcode('i64.mul'),
          ...set(3),
        ]),
        get(3),
        use('i64'),
      ),
    ),
  'NaNs of f64': (n) =>
    ofValues(
      join(
        repeat(n, (i) => [
          ...constant('f64', 0x7ff0_0000_0000_0001n + BigInt(i)),
          ...get(5),
          ...get(0),
          0x1b,
          ...set(5),
        ]),
        get(5),
        use('f64'),
      ),
    ),
  'NaNs of f32': (n) =>
    ofValues(
      join(
        repeat(n, (i) => [...constant('f32', 0xffa0_0000n + BigInt(i)), ...get(4), ...get(0), 0x1b, ...set(4)]),
        get(4),
        use('f32'),
      ),
    ),
  'tees': (n) =>
    ofValues(
      join(
        get(0),
        repeat(n, (i) => ins('local.tee', i % 2)),
        set(1),
      ),
    ),
  'tees in sums': (n) =>
    ofValues(
      join(
        get(0),
        repeat(n, (i) => [...get(2 - (i % 3)), ...opcode('i32.mul'), ...ins('local.tee', [0, 1, 2][i % 3]!)]),
        set(1),
      ),
    ),
  'tees of i64 in sums': (n) =>
    ofValues(
      join(
        get(3),
        repeat(n, () => [...get(3), ...opcode('i64.mul'), ...ins('local.tee', 3)]),
        use('i64'),
      ),
    ),
  'eqz of eqz': (n) =>
    ofValues(
      join(
        get(0),
        repeat(n, () => opcode('i32.eqz')),
        set(1),
      ),
    ),
  'and of comparisons': (n) =>
    ofValues(
      join(
        i32(1),
        repeat(n, (i) => [...get(0), ...i32(i), ...opcode('i32.lt_u'), ...opcode('i32.and')]),
        set(1),
      ),
    ),
  'wrap of extend': (n) =>
    ofValues(
      join(
        get(0),
        repeat(n, () => [...opcode('i64.extend_i32_s'), ...opcode('i32.wrap_i64')]),
        set(1),
      ),
    ),
  'values dropped': (n) => ofValues(repeat(n, (i) => [...get(0), ...i32(i), ...opcode('i32.div_u'), 0x1a])),
  'memory.grow in operands': (n) =>
    ofMemory(
      join(
        get(0),
        repeat(n, () => [...i32(0), ...ins('memory.grow', 0), ...opcode('i32.add'), ...access('i32.load', 0, 2)]),
        set(1),
      ),
    ),
  'memory.fill': (n) => ofMemory(repeat(n, () => [...get(0), ...get(0), ...get(0), ...opcode('memory.fill'), 0])),
}
