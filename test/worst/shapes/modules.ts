// Shapes of modules: how many there are of what, and what they are called.

import { constant, END, ins, opcode, open, type ValName } from '../../binary/code.ts'
import { uleb, utf8 } from '../../binary/leb.ts'
import { ModuleBuilder, type Signature } from '../../binary/module.ts'
import { get, i32, i64, join, repeat, set } from '../code.ts'
import type { Shapes } from './shape.ts'

const NONE: Signature = { params: [], results: [] }

type Build = (builder: ModuleBuilder, n: number) => void

const built = (build: Build) => (n: number) => {
  const builder = new ModuleBuilder()
  build(builder, n)
  return builder.build()
}

const times = (count: number, make: (i: number) => unknown): void => {
  for (let i = 0; i < count; i++) make(i)
}

const types = (count: number, of: ValName = 'i32'): ValName[] => new Array<ValName>(count).fill(of)

/** Signatures that are all different. */
function signature(i: number): Signature {
  const names = ['i32', 'i64', 'f32', 'f64', 'funcref', 'externref'] as const
  const params: ValName[] = []
  for (let rest = i + 1; rest > 0; rest = Math.floor(rest / 6)) params.push(names[rest % 6]!)
  return { params, results: i % 2 === 0 ? ['i32'] : [] }
}

/** Names that would be code if they were put into it as they are. */
const HOSTILE = [
  '`$' + '{0}`',
  '*/',
  '</script>',
  '\u2028',
  "'\\",
  '__proto__',
  'constructor',
  '"\n',
  '\u0000',
  '\ud7ff',
  '😀',
]

/** Values of a type, then a call of this. */
const callWith = (count: number, func: number): number[] => [...repeat(count, () => get(0)), ...ins('call', func)]

/** Functions whose blocks have many parameters and results; code around `n` copies of `code`. */
function ofArity(arity: number, code: (type: number, func: number) => readonly number[], n: number, feet = 0) {
  const builder = new ModuleBuilder()
  const type: Signature = { params: types(arity), results: types(arity) }
  const index = builder.type(type)
  const f = builder.importFunc('m', 'f', type)
  const body = join(
    repeat(arity, (i) => get(i)),
    repeat(n, () => code(index, f)),
    repeat(feet === 0 ? 0 : n, () => [END]),
  )
  builder.export('f', 'func', builder.func(type, [], body))
  return builder.build()
}

function ofArities(arity: number): Shapes {
  return {
    [`calls of ${arity} results`]: (n) => ofArity(arity, (_, f) => ins('call', f), n),
    [`blocks of ${arity} results`]: (n) => ofArity(arity, (type) => [...open('block', type), END], n),
    [`nested blocks of ${arity} results`]: (n) => ofArity(arity, (type) => open('block', type), n, 1),
    [`loops of ${arity} results`]: (n) => ofArity(arity, (type) => [...open('loop', type), END], n),
    [`nested loops of ${arity} results`]: (n) => ofArity(arity, (type) => open('loop', type), n, 1),
    [`br_if with ${arity} values`]: (n) => ofArity(arity, () => [...get(0), ...ins('br_if', 0)], n),
    [`br_if in loops with ${arity} values`]: (n) =>
      ofArity(arity, (type) => [...open('loop', type), ...get(0), ...ins('br_if', 0), END], n),
    [`if with ${arity} values`]: (n) => ofArity(arity, (type) => [...get(0), ...open('if', type), END], n),
    [`br_table with ${arity} values`]: (n) =>
      ofArity(arity, (type) => [...open('block', type), ...get(0), ...ins('br_table', 2, 0, 1, 0), END], n),
    [`return in if with ${arity} values`]: (n) =>
      ofArity(arity, (type) => [...get(0), ...open('if', type), 0x0f, END], n),
  }
}

export const MODULES: Shapes = {
  ...ofArities(10),
  ...ofArities(1000),
  'calls of 1000 arguments': built((builder, n) => {
    const f = builder.importFunc('m', 'f', { params: types(1000), results: [] })
    const code = repeat(Math.ceil(n / 1000), () => callWith(1000, f))
    builder.func({ params: ['i32'], results: [] }, [], code)
  }),
  'functions of 1000 parameters': built((builder, n) =>
    times(n, () => builder.func({ params: types(1000), results: [] })),
  ),
  'functions of 1000 results': built((builder, n) =>
    times(n, () => builder.func({ params: types(1000), results: types(1000) }, [], [0])),
  ),
  'exported functions of 1000 parameters': built((builder, n) =>
    times(n, (i) => builder.export(`f${i}`, 'func', builder.func({ params: types(1000), results: [] }))),
  ),
  'imported functions of 1000 parameters': built((builder, n) =>
    times(n, (i) => builder.importFunc('m', `f${i}`, { params: types(1000, 'i64'), results: types(1000, 'f32') })),
  ),
  'empty functions': built((builder, n) => times(n, () => builder.func(NONE))),
  'functions that call the next': built((builder, n) =>
    times(n, (i) => builder.func(NONE, [], ins('call', (i + 1) % n))),
  ),
  'functions that call the next, the last returns': built((builder, n) =>
    times(n, (i) => builder.func(NONE, [], i + 1 < n ? ins('call', i + 1) : [])),
  ),
  'functions with a tail call': built((builder, n) =>
    times(n, (i) => builder.func(NONE, [], ins('return_call', (i + 1) % n))),
  ),
  'functions with indirect calls': built((builder, n) => {
    builder.table('funcref', { min: 1 })
    const code = join(
      i32(0),
      repeat(20, () => [...i32(0), ...ins('call_indirect', builder.type({ params: ['i32'], results: ['i32'] }), 0)]),
      opcode('drop'),
    )
    times(Math.ceil(n / 20), () => builder.func(NONE, [], code))
  }),
  'indirect calls of a closed table': built((builder, n) => {
    const type: Signature = { params: ['i32'], results: ['i32'] }
    const functions = Array.from({ length: n }, (_, i) => builder.func(type, [], i32(i)))
    builder.table('funcref', { min: n, max: n })
    builder.elements(functions, { table: 0, offset: i32(0) })
    const calls = repeat(n, () => [...get(0), ...ins('call_indirect', builder.type(type), 0)])
    builder.func(type, [], [...get(0), ...calls])
  }),
  'function types': built((builder, n) => times(n, (i) => builder.type(signature(i)))),
  'function types, with a function of each': built((builder, n) =>
    times(n, (i) => builder.export(`f${i}`, 'func', builder.func(signature(i), [], [0]))),
  ),
  'function types, indirect calls of each': built((builder, n) => {
    builder.table('funcref', { min: 1 })
    times(n, (i) => builder.func(NONE, [], [0, ...i32(0), ...ins('call_indirect', builder.type(signature(i)), 0), 0]))
  }),
  'exports of one function': built((builder, n) => {
    const f = builder.func({ params: ['i64'], results: ['i64'] }, [], get(0))
    times(n, (i) => builder.export(`f${i}`, 'func', f))
  }),
  'exports of hostile names': built((builder, n) => {
    const f = builder.func(NONE)
    times(n, (i) => builder.export(`${HOSTILE[i % HOSTILE.length]}${i}`, 'func', f))
  }),
  'exports of names of control characters': built((builder, n) => {
    builder.export('\u0001'.repeat(n), 'func', builder.func(NONE))
  }),
  'exports of a long name': built((builder, n) => builder.export('"'.repeat(n), 'func', builder.func(NONE))),
  'exports of globals': built((builder, n) =>
    times(n, (i) => builder.export(`g${i}`, 'global', builder.global('i64', true, i64(BigInt(i))))),
  ),
  'imports of functions': built((builder, n) => times(n, (i) => builder.importFunc('m', `f${i}`, signature(i % 7)))),
  'imports of one function': built((builder, n) => times(n, () => builder.importFunc('', '', NONE))),
  'imports of globals': built((builder, n) => times(n, () => builder.importGlobal('m', 'g', 'i32', true))),
  'imports of memories and tables': built((builder, n) => {
    times(Math.min(n, 100), () => builder.importMemory('m', 'm', { min: 1 }))
    times(n, (i) => builder.importTable('m', `${i}`, 'funcref', { min: 1 }))
  }),
  'imports of hostile modules': built((builder, n) =>
    times(n, (i) => builder.importFunc(`${HOSTILE[i % HOSTILE.length]}${i}`, HOSTILE[i % 7]!, NONE)),
  ),
  'globals': built((builder, n) => times(n, (i) => builder.global('i32', true, i32(i)))),
  'globals of each other': built((builder, n) =>
    times(n, (i) => builder.global('i32', false, i === 0 ? i32(0) : ins('global.get', i - 1))),
  ),
  'globals of functions': built((builder, n) => {
    builder.func(NONE)
    times(n, () => builder.global('funcref', false, ins('ref.func', 0)))
  }),
  'globals of f64 NaNs': built((builder, n) =>
    times(n, (i) => builder.global('f64', true, constant('f64', 0x7ff0_0000_0000_0001n + BigInt(i)))),
  ),
  'tables': built((builder, n) => times(Math.min(n, 90_000), () => builder.table('funcref', { min: 0 }))),
  'a large table': built((builder, n) => {
    builder.table('funcref', { min: 10_000_000 })
    times(n, () => builder.func(NONE, [], [...i32(0), ...ins('table.get', 0), ...opcode('drop')]))
  }),
  'memories': built((builder, n) => {
    times(100, () => builder.memory({ min: 0 }))
    times(n, (i) =>
      builder.func(NONE, [], [...i32(0), ...opcode('i32.load'), 0x42, ...uleb(i % 100), 0, ...opcode('drop')]),
    )
  }),
  'all memories in each function': built((builder, n) => {
    times(100, () => builder.memory({ min: 0 }))
    const code = repeat(100, (i) => [...i32(0), ...opcode('i32.load'), 0x42, ...uleb(i), 0, ...opcode('drop')])
    times(Math.ceil(n / 100), () => builder.func(NONE, [], code))
  }),
  'data segments of a byte': built((builder, n) => {
    builder.memory({ min: 1 })
    times(Math.min(n, 90_000), (i) => builder.data([i & 255], { memory: 0, offset: i32(i % 60_000) }))
  }),
  'data segments, empty': built((builder, n) => {
    builder.memory({ min: 1 })
    times(Math.min(n, 90_000), () => builder.data([], { memory: 0, offset: i32(0) }))
  }),
  'data segments, passive': built((builder, n) => times(Math.min(n, 90_000), (i) => builder.data([i & 255]))),
  'data segments, far from each other': built((builder, n) => {
    builder.memory({ min: 65_536 })
    times(Math.min(n, 90_000), (i) => builder.data([1], { memory: 0, offset: i32((i * 0x9e3779b9) | 0) }))
  }),
  'data at offsets that are globals': built((builder, n) => {
    builder.memory({ min: 1 })
    builder.importGlobal('m', 'g', 'i32', false)
    times(Math.min(n, 90_000), () => builder.data([1, 2], { memory: 0, offset: ins('global.get', 0) }))
  }),
  'data of random bytes': built((builder, n) => {
    builder.memory({ min: 1000 })
    builder.data(
      repeat(n, (i) => [(Math.imul(i, 0x9e3779b9) >>> 13) & 255]),
      { memory: 0, offset: i32(0) },
    )
  }),
  'data of zeros': built((builder, n) => {
    builder.memory({ min: 1000 })
    builder.data(
      repeat(n, () => [0]),
      { memory: 0, offset: i32(0) },
    )
  }),
  'data dropped': built((builder, n) => {
    builder.memory({ min: 1 })
    builder.data([1])
    builder.func(
      NONE,
      [],
      repeat(n, () => ins('data.drop', 0)),
    )
  }),
  'element segments': built((builder, n) => {
    builder.table('funcref', { min: 10 })
    builder.func(NONE)
    times(n, () => builder.elements([0], { table: 0, offset: i32(0) }))
  }),
  'elements of one segment': built((builder, n) => {
    builder.table('funcref', { min: n })
    builder.func(NONE)
    builder.elements(new Array(n).fill(0), { table: 0, offset: i32(0) })
  }),
  'element segments, passive': built((builder, n) => {
    builder.func(NONE)
    times(n, () => builder.elements([0, 0]))
  }),
  'custom sections': built((builder, n) => times(n, (i) => builder.custom(`${i}`, []))),
  'a name section of long names': built((builder, n) => {
    times(n, () => builder.func(NONE))
    const names = repeat(n, (i) => [...uleb(i), ...utf8(HOSTILE[i % HOSTILE.length]!)])
    const functions = [...uleb(n), ...names]
    builder.custom('name', join([1], uleb(functions.length), functions))
  }),
  'a name section of equal names': built((builder, n) => {
    times(n, () => builder.func(NONE))
    const names = repeat(n, (i) => [...uleb(i), ...utf8('a')])
    const functions = join(uleb(n), names)
    builder.custom('name', join([1], uleb(functions.length), functions))
  }),
  'a name section of equal names of locals': built((builder, n) => {
    const count = Math.min(n, 49_000)
    builder.func(
      { params: ['i32'], results: [] },
      types(count),
      repeat(count, (i) => [...get(0), ...set(i)]),
    )
    const locals = join(
      uleb(1),
      uleb(0),
      uleb(count),
      repeat(count, (i) => [...uleb(i), ...utf8('a')]),
    )
    builder.custom('name', join([2], uleb(locals.length), locals))
  }),
  'functions of one i64 operation': built((builder, n) =>
    times(n, () =>
      builder.func({ params: ['i64', 'i64'], results: ['i64'] }, [], [...get(0), ...get(1), ...opcode('i64.mul')]),
    ),
  ),
}
