// Modules of the specification suite with some bytes changed: valid here if they are valid for the engine that runs this
// test, where that has all of Wasm 3.0.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CompileError } from '../../src/0-wasm/errors.ts'
import { type Feature, VALIDATED } from '../../src/0-wasm/features.ts'
import type { Module } from '../../src/0-wasm/module.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { binary, section, withBody } from '../errors/binary.ts'
import { Random } from '../fuzz/random.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'

const MUTANTS = 20_000
const LONGEST = 6000

const native = (bytes: Uint8Array): boolean => WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)

/** A structure, an atomic access that is not aligned, and try_table. */
const hasAll =
  native(binary(section(1, 1, 0x5f, 0))) &&
  !native(withBody([0x41, 0, 0xfe, 0x10, 0, 0, 0x1a], undefined, [section(5, 1, 0, 1)])) &&
  native(withBody([0x1f, 0x40, 0, 0x0b]))

/** No engine has these. */
const OWN: ReadonlySet<Feature> = new Set<Feature>(['wide-arithmetic', 'custom-page-sizes', 'compact-import-section'])

/** Where V8 is more lenient than the specification, all but the last in code that cannot be reached (docs/DECISIONS.md). */
const LENIENT = /any reference|expects a label for|ref\.eq expects|malformed reference type/
/** Where it is stricter. */
const STRICT = /implementation limit|mix of legacy and new|while decoding/

/** What we say of a module; undefined if it is not to be compared. */
function own(bytes: Uint8Array): { readonly isValid: boolean; readonly message: string } | undefined {
  let module: Module | undefined
  const isComparable = (): boolean => !module?.features.used.some((feature) => OWN.has(feature))
  try {
    module = decode(bytes, VALIDATED)
    validate(module)
    return isComparable() ? { isValid: true, message: 'valid' } : undefined
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    const { kind, message } = error
    return kind === 'unsupported' || LENIENT.test(message) || !isComparable() ? undefined : { isValid: false, message }
  }
}

function nativeMessage(bytes: Uint8Array): string {
  try {
    new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>)
    return 'valid'
  } catch (error) {
    return (error as Error).message
  }
}

/** Bytes that mean something in many places: types, blocks, prefixes. */
const FREQUENT = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 9, 0x0b, 0x0c, 0x0d, 0x18, 0x19, 0x1a, 0x1b, 0x1f, 0x20, 0x21, 0x40, 0x41],
  ...[0x5e, 0x5f, 0x63, 0x64, 0x69, 0x6b, 0x6e, 0x6f, 0x70, 0x7b, 0x7e, 0x7f],
  ...[0xd0, 0xd1, 0xd4, 0xd5, 0xd6, 0xfb, 0xfc, 0xfd, 0xfe],
]

function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice()
  const place = (): number => random.between(8, bytes.length - 1)
  for (let left = random.between(1, 3); left > 0; left--) {
    const at = place()
    const values = [
      random.between(0, 255),
      bytes[place()]!,
      bytes[at]! ^ 1,
      random.pick(FREQUENT),
      random.pick(FREQUENT),
    ]
    changed[at] = random.pick(values)
  }
  return changed
}

describe.skipIf(!existsSync(SUITE) || !hasAll)('changed modules of the suite', () => {
  const modules = !existsSync(SUITE)
    ? []
    : ['core', 'legacy', 'proposals/threads']
        .flatMap((folder) => findScripts(join(SUITE, folder)))
        .flatMap(({ file }) => readScript(file).commands)
        .flatMap((command) => ('module_base64' in command ? [Buffer.from(command.module_base64!, 'base64')] : []))
        .filter(({ length }) => length > 9 && length < LONGEST)

  test('are valid if they are for the engine', () => {
    const random = new Random(1)
    let compared = 0
    for (let i = 0; i < MUTANTS; i++) {
      const bytes = mutate(new Uint8Array(random.pick(modules)), random)
      const verdict = own(bytes)
      if (verdict === undefined) continue
      compared++
      if (verdict.isValid === native(bytes)) continue
      const message = nativeMessage(bytes)
      if (!STRICT.test(message)) {
        expect.fail(`mutant ${i}, ${Buffer.from(bytes).toString('hex')}: ${message} for the engine, ${verdict.message}`)
      }
    }
    expect(compared).toBeGreaterThan(MUTANTS / 2)
  })
})
