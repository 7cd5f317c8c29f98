// What decoding makes of a module.

import { expect, test } from 'vitest'
import { CodeReader } from '../../src/1-decode/code.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { access, constant, END, ins, opcode } from '../binary/code.ts'
import { utf8, vec } from '../binary/leb.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { binary, section, withBody } from '../errors/binary.ts'

const NOTHING = { params: [], results: [] } as const

test('imports come first in the index spaces, in the order of the binary', () => {
  const builder = new ModuleBuilder()
  builder.importGlobal('env', 'g', 'i64', true)
  builder.importFunc('env', 'f', { params: ['i32', 'i64'], results: ['f32'] })
  builder.importMemory('env', 'm', { min: 1, max: 3 })
  builder.importTable('env', 't', 'externref', { min: 0 })
  builder.export('own', 'func', builder.func(NOTHING))
  const module = decode(builder.build())
  expect(module.imports.map(({ name, kind, index }) => [name, kind, index])).toEqual([
    ['g', 'global', 0],
    ['f', 'func', 0],
    ['m', 'memory', 0],
    ['t', 'table', 0],
  ])
  expect(module.funcs.map((func) => func.import?.name)).toEqual(['f', undefined])
  expect(module.types[module.funcs[0]!.type]!.composite).toEqual({
    kind: 'func',
    params: ['i32', 'i64'],
    results: ['f32'],
  })
  expect(module.memories[0]).toEqual({
    import: { module: 'env', name: 'm' },
    type: { limits: { min: 1, max: 3 }, addressType: 'i32', shared: false, pageSize: 65_536 },
  })
  expect(module.tables[0]!.type.element).toEqual({ nullable: true, heap: 'extern' })
  expect(module.exports).toEqual([{ name: 'own', kind: 'func', index: 1 }])
})

test('features are those used, in sections and in the bodies walked', () => {
  const builder = new ModuleBuilder()
  builder.importGlobal('env', 'g', 'i64', true)
  builder.memory({ min: 1 })
  builder.memory({ min: 1 })
  builder.func({ params: [], results: ['i32', 'i32'] }, [], [...constant('i32', 1n), ...opcode('i32.extend8_s')])
  const module = decode(builder.build())
  expect([...module.features.used].sort()).toEqual(['multi-memory', 'multi-value', 'mutable-globals', 'mvp'])
  const { start, end } = module.funcs[0]!.body!
  const code = new CodeReader(module, start, end)
  code.locals()
  while (code.next());
  expect(module.features.used).toContain('sign-extension')
})

test('the functions that occur outside of bodies are known', () => {
  const builder = new ModuleBuilder()
  const [first, second, third] = [builder.func(NOTHING), builder.func(NOTHING), builder.func(NOTHING)]
  builder.func(NOTHING, [], [...ins('ref.func', 3), ...opcode('drop')])
  builder.export('first', 'func', first)
  builder.elements([second])
  builder.global('funcref', false, ins('ref.func', third))
  expect([...decode(builder.build()).refs].sort()).toEqual([0, 1, 2])
})

test('instructions are read into one record', () => {
  const builder = new ModuleBuilder()
  builder.memory({ min: 1 })
  builder.memory({ min: 1 })
  builder.func(
    NOTHING,
    ['i32', 'i32', 'f64'],
    [
      ...constant('i64', -2n),
      ...constant('f64', 0x7ff4_0000_0000_0001n),
      ...access('i64.load', 2n ** 32n - 1n, 3, 1),
      ...opcode('br_table'),
      2,
      5,
      6,
      7,
    ],
  )
  const module = decode(builder.build())
  const { start, end } = module.funcs[0]!.body!
  const code = new CodeReader(module, start, end)
  expect(code.locals()).toEqual([
    { count: 2, type: 'i32' },
    { count: 1, type: 'f64' },
  ])
  const { ins: record } = code
  const read = <T>(pick: () => T): [string, T] => {
    code.next()
    return [record.op.name, pick()]
  }
  expect(read(() => [record.lo, record.hi])).toEqual(['i64.const', [-2, -1]])
  expect(read(() => [record.lo, record.hi])).toEqual(['f64.const', [1, 0x7ff4_0000]])
  expect(read(() => [record.memOffset, record.align, record.memory])).toEqual(['i64.load', [2 ** 32 - 1, 3, 1]])
  expect(read(() => [...record.labels])).toEqual(['br_table', [5, 6, 7]])
  expect(read(() => record.offset)).toEqual(['end', end - 1])
  expect(code.next()).toBe(false)
})

const subsection = (id: number, bytes: number[]): number[] => section(id, ...bytes)
const nameMap = (...entries: [number, string][]): number[] =>
  vec(entries.map(([index, name]) => [index, ...utf8(name)]))
const indirect = (index: number, map: number[]): number[] => [1, index, ...map]
const names = (...subsections: number[][]) => decode(binary(section(0, ...utf8('name'), ...subsections.flat()))).names

test('the name section is read with its extended subsections', () => {
  const read = names(
    subsection(0, utf8('m')),
    subsection(1, nameMap([0, 'f'], [2, '"\u2028'])),
    subsection(2, indirect(2, nameMap([1, 'x']))),
    subsection(3, indirect(0, nameMap([4, 'l']))),
    subsection(4, nameMap([0, 't'])),
    subsection(5, nameMap([0, 'tab'])),
    subsection(6, nameMap([0, 'mem'])),
    subsection(7, nameMap([0, 'g'])),
    subsection(8, nameMap([0, 'e'])),
    subsection(9, nameMap([0, 'd'])),
    subsection(10, indirect(1, nameMap([0, 'field']))),
    subsection(11, nameMap([0, 'tag'])),
    subsection(77, [1, 2, 3]),
  )
  expect(read).toEqual({
    module: 'm',
    funcs: new Map([
      [0, 'f'],
      [2, '"\u2028'],
    ]),
    locals: new Map([[2, new Map([[1, 'x']])]]),
    labels: new Map([[0, new Map([[4, 'l']])]]),
    types: new Map([[0, 't']]),
    tables: new Map([[0, 'tab']]),
    memories: new Map([[0, 'mem']]),
    globals: new Map([[0, 'g']]),
    elements: new Map([[0, 'e']]),
    data: new Map([[0, 'd']]),
    fields: new Map([[1, new Map([[0, 'field']])]]),
    tags: new Map([[0, 'tag']]),
  })
})

test.each([
  ['cut', [1, 20, 1]],
  ['no UTF-8', [1, 4, 1, 0, 1, 0xff]],
  ['a huge count', [1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]],
])('a broken name section (%s) is as good as none', (_, bytes) => {
  expect(names(bytes).funcs.size).toBe(0)
})

test('what is broken in the name section is lost, and nothing else', () => {
  const read = names(
    subsection(1, nameMap([0, 'f'])),
    subsection(10, nameMap([0, 'tag'])),
    subsection(7, nameMap([0, 'g'])),
  )
  expect([read.funcs.get(0), read.fields.size, read.globals.get(0)]).toEqual(['f', 0, 'g'])
})

test('sections are listed with their contents, custom ones in place', () => {
  const { sections } = decode(binary(section(0, ...utf8('a'), 1, 2), section(5, 1, 0, 1), section(0, ...utf8('b'))))
  expect(sections).toEqual([
    { id: 0, name: 'a', start: 10, end: 14 },
    { id: 5, name: 'memory', start: 16, end: 19 },
    { id: 0, name: 'b', start: 21, end: 23 },
  ])
})

test('structures are decoded, and the feature noted', () => {
  const module = decode(binary(section(1, 1, 0x5f, 1, 0x78, 1)))
  expect(module.types[0]!.composite).toEqual({ kind: 'struct', fields: [{ storage: 'i8', mutable: true }] })
  expect(module.features.used).toEqual(['mvp', 'gc'])
})

test('a walk stops after the final end of a body', () => {
  const module = decode(withBody([]))
  const { start, end } = module.funcs[0]!.body!
  expect([...module.bytes.subarray(start, end)]).toEqual([0, END])
})
