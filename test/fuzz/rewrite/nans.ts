// NaNs made the same on all engines: what arithmetic puts into a NaN is the engine's choice, so every NaN that arithmetic
// gives is replaced by the canonical one before anybody can look at its bits. NaNs that are only moved keep theirs.

import type { OpName } from '../../../src/0-wasm/ops/index.ts'
import { canonicalNan, toBits } from '../../binary/bits.ts'
import { constant, ins, type NumName, opcode, type ValName } from '../../binary/code.ts'
import { fixed } from '../../binary/leb.ts'
import type { Editor } from './editor.ts'
import { readBody, writeBody } from './instructions.ts'

/** `arithmetic`: NaNs of arithmetic. `all`: every NaN where its bits become visible, for engines with one NaN. */
export type Settled = 'arithmetic' | 'all'

type Float = 'f32' | 'f64' | 'f32x4' | 'f64x2'

const ARITHMETIC =
  /^(f32(?:x4)?|f64(?:x2)?)\.(add|sub|mul|div|(?:relaxed_)?(?:min|max)|relaxed_n?madd|sqrt|ceil|floor|trunc|nearest|demote_f64(?:x2_zero)?|promote_(?:low_)?f32(?:x4)?)$/
/** Instructions that take a float and do not show which NaN it is. */
const BLIND = /^(f32|f64)\.(eq|ne|lt|gt|le|ge)$|^i(32|64)\.trunc_/
const SHOWS = /^(?:i(?:32|64)[.]reinterpret_)?(f32|f64)(?:[.]store|[.]copysign)?$/

/** The type of the NaN that an instruction may leave on the stack and that is to be replaced. */
const openNan = (name: OpName): Float | undefined => ARITHMETIC.exec(name)?.[1] as Float | undefined

/** The type of the float on the stack whose bits an instruction shows. */
function shownFloat(name: OpName, settled: Settled): Float | undefined {
  const [, type] = (settled === 'all' ? SHOWS.exec(name) : null) ?? []
  return type as Float | undefined
}

/** Changes the functions that have such instructions. */
export function settleNans(editor: Editor, settled: Settled): void {
  const { module } = editor
  for (const [index, { body }] of module.funcs.entries()) {
    if (body !== undefined) editor.bodies[index] = settle(editor, index, settled)
  }
}

function settle(editor: Editor, index: number, settled: Settled): Uint8Array {
  const { start, end } = editor.module.funcs[index]!.body!
  const { locals, code } = readBody(editor.module, start, end)
  const first = editor.funcType(index).params.length + locals.length
  const scratch: Float[] = []
  const out: (Uint8Array | readonly number[])[] = []
  const replace = (type: Float): void => {
    if (!scratch.includes(type)) scratch.push(type)
    out.push(canonical(type, first + scratch.indexOf(type)))
  }
  const names = (): ValName[] => scratch.map((type) => (type === 'f32' || type === 'f64' ? type : 'v128'))
  for (const [i, { name, bytes }] of code.entries()) {
    const shown = shownFloat(name, settled)
    if (shown !== undefined) replace(shown)
    out.push(bytes)
    const type = openNan(name)
    const next = code[i + 1]?.name
    if (type === undefined || next === undefined) continue
    // What a vector instruction makes of a NaN that it takes is seen in its lanes.
    if ((type === 'f32' || type === 'f64') && (ARITHMETIC.test(next) || BLIND.test(next))) continue
    replace(type)
  }
  return scratch.length === 0 ? editor.bodies[index]! : writeBody([...locals, ...names()], out)
}

/** Code that gives the bits of a value that `get` pushes. */
export function settledBits(type: NumName, get: readonly number[], settled: Settled): number[] {
  if (settled !== 'all' || type === 'i32' || type === 'i64') return [...get, ...toBits(type)]
  const nan = constant(type, canonicalNan(type))
  return [...get, ...nan, ...get, ...get, ...opcode(`${type}.eq`), ...opcode('select'), ...toBits(type)]
}

/** Replaces a NaN on the stack by the canonical one. */
function canonical(type: Float, local: number): number[] {
  const get = ins('local.get', local)
  const test = [...get, ...get, ...opcode(`${type}.eq`)]
  if (type === 'f32' || type === 'f64') {
    return [...ins('local.tee', local), ...constant(type, canonicalNan(type)), ...test, ...opcode('select')]
  }
  const nan = fixed(canonicalNan(type === 'f32x4' ? 'f32' : 'f64'), type === 'f32x4' ? 4 : 8)
  const nans = Array.from({ length: 16 }, (_, i) => nan[i % nan.length]!)
  return [...ins('local.tee', local), ...opcode('v128.const'), ...nans, ...test, ...opcode('v128.bitselect')]
}
