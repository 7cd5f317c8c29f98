// JavaScript sees no references to exceptions, also none of a type that is never null, as this WebAssembly text has it:
//
//   (tag $e) (tag $carrier (export "carrier") (param (ref exn)))
//   (func $f (export "f") (result (ref exn))
//     (block $h (result (ref exn)) (try_table (catch_all_ref $h) (throw $e)) (unreachable)))
//   (func (export "g") (throw $carrier (call $f)))
//   (func (export "h") (param (ref exn)))

import { expect, test } from 'vitest'
import type { Options } from '../../src/options.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { ins, opcode } from '../binary/code.ts'
import { uleb, utf8, vec } from '../binary/leb.ts'

const REF_EXN = [0x64, 0x69]

const section = (id: number, ...items: (readonly number[])[]): number[] => {
  const bytes = vec(items)
  return [id, ...uleb(bytes.length), ...bytes]
}

const body = (...code: (readonly number[])[]): number[] => {
  const bytes = [0, ...code.flat(), ...opcode('end')]
  return [...uleb(bytes.length), ...bytes]
}

const CATCH_ALL_REF = 3
const catching = [...opcode('try_table'), 0x40, 1, CATCH_ALL_REF, 0]
const caught = [...opcode('block'), ...REF_EXN, ...catching, ...ins('throw', 0), ...opcode('end')]

const bytes = new Uint8Array([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, [0x60, 0, 0], [0x60, 0, 1, ...REF_EXN], [0x60, 1, ...REF_EXN, 0]),
  ...section(3, [1], [0], [2]),
  ...section(13, [0, 0], [0, 2]),
  ...section(7, [...utf8('f'), 0, 0], [...utf8('g'), 0, 1], [...utf8('h'), 0, 2], [...utf8('carrier'), 4, 1]),
  ...section(10, body(caught, opcode('unreachable'), opcode('end')), body(ins('call', 0), ins('throw', 1)), body()),
])

interface Exports {
  f(): unknown
  g(): unknown
  h(x: unknown): unknown
  carrier: WebAssembly.Tag
}

test.each<Partial<Options>>([{}, { optimize: 0 }, { engine: 'interpreter' }])('%j', (options) => {
  const api = webAssemblyWith(options, { verifies: true })
  const { f, g, h, carrier } = new api.Instance(new api.Module(bytes)).exports as unknown as Exports
  expect(() => f()).toThrow(TypeError)
  expect(() => h(null)).toThrow(TypeError)
  let thrown: unknown
  try {
    g()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(api.Exception)
  expect((thrown as WebAssembly.Exception).is(carrier)).toBe(true)
  expect(() => (thrown as WebAssembly.Exception).getArg(carrier, 0)).toThrow(TypeError)
})
