// The type section (spec, "Validation / Types / Recursive Types").

import { CompileError } from '../0-wasm/errors.ts'
import { MODULE_LIMITS } from '../0-wasm/limits.ts'
import type { Module } from '../0-wasm/module.ts'
import { compositeMatches } from '../0-wasm/subtyping.ts'
import { type CompositeType, isRef, type PackedType, type RefType, type ValType } from '../0-wasm/types.ts'

type Fail = (what: string, kind?: 'invalid' | 'unsupported') => CompileError

/** Throws a CompileError if a defined type is not valid. */
export function validateTypes(module: Module): void {
  const fail: Fail = (what, kind = 'invalid') => {
    const section = module.sections.find(({ id, name }) => id !== 0 && name === 'type')
    return new CompileError(kind, what, { offset: section?.start ?? 0 })
  }
  checkIndices(module, fail)
  checkSupertypes(module, fail)
}

/**
 * A type may name those before it, and all of its recursive group; its supertype stands before it. Chains of supertypes are
 * walked from here on, and have a limit.
 */
function checkIndices({ types }: Module, fail: Fail): void {
  const { subtypingDepth: limit } = MODULE_LIMITS
  const depths: number[] = []
  let end = 0
  for (const [index, { composite, supertypes, group }] of types.entries()) {
    while (end < types.length && types[end]!.group <= group) end++
    const unknown = storagesOf(composite).find(
      (type) => isRef(type) && typeof type.heap === 'number' && type.heap >= end,
    )
    if (unknown !== undefined) throw fail(`unknown type ${(unknown as RefType).heap}, in type ${index}`)
    const [supertype, other] = supertypes
    if (other !== undefined) throw fail(`type ${index} has several supertypes`)
    if (supertype !== undefined && supertype >= index) {
      throw fail(`unknown type ${supertype}, the supertype of type ${index}`)
    }
    const depth = supertype === undefined ? 0 : depths[supertype]! + 1
    if (depth > limit) throw fail(`type ${index} has too many supertypes: ${depth} (limit ${limit})`, 'unsupported')
    depths.push(depth)
  }
}

/** What values of a type are made of. */
function storagesOf(type: CompositeType): readonly (ValType | PackedType)[] {
  switch (type.kind) {
    case 'func':
      return type.params.length === 0 ? type.results : [...type.params, ...type.results]
    case 'struct':
      return type.fields.map(({ storage }) => storage)
    case 'array':
      return [type.element.storage]
  }
}

/** Types match the supertypes that they declare. To be called when all indices are known to be right. */
function checkSupertypes(module: Module, fail: Fail): void {
  for (const [index, { composite, supertypes }] of module.types.entries()) {
    const [supertype] = supertypes
    if (supertype === undefined) continue
    const above = module.types[supertype]!
    if (above.final || !compositeMatches(module, composite, above.composite)) {
      const reason = above.final ? 'is final' : 'has another form'
      throw fail(`sub type ${index} does not match super type ${supertype}, which ${reason}`)
    }
  }
}
