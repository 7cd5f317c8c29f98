// Which imports of a valid module are builtins or string constants, and whether they have the types of those (JS API,
// "validate builtins and imported strings").

import { type BuiltinChoice, STRING_BUILTINS, type StringBuiltin } from '../0-wasm/builtins.ts'
import { typeKey } from '../0-wasm/canonical.ts'
import { CompileError } from '../0-wasm/errors.ts'
import { externalTypeName } from '../0-wasm/external.ts'
import type { Func, Global, Module } from '../0-wasm/module.ts'
import { isRef } from '../0-wasm/types.ts'

type Import = Module['imports'][number]

/**
 * The module without the imports that are chosen to be provided: what they became says what it is instead. Throws a
 * CompileError for one whose type is wrong. Names that no builtin has stay imports, as do entities of other kinds.
 */
export function withBuiltins(module: Module, { builtins, importedStringConstants }: BuiltinChoice): Module {
  if (builtins.length === 0 && importedStringConstants === undefined) return module
  const funcs: Func[] = [...module.funcs]
  const globals: Global[] = [...module.globals]
  const imports = module.imports.filter((entry) => {
    const { name, index, kind } = entry
    if (entry.module === importedStringConstants) {
      checkString(module, entry)
      globals[index] = { ...globals[index]!, string: name }
      return false
    }
    if (kind !== 'func' || entry.module !== 'wasm:js-string' || !builtins.includes('js-string')) return true
    if (!isBuiltin(name)) return true
    checkBuiltin(module, entry, name)
    funcs[index] = { ...funcs[index]!, builtin: name }
    return false
  })
  return { ...module, funcs, globals, imports }
}

const isBuiltin = (name: string): name is StringBuiltin => Object.hasOwn(STRING_BUILTINS, name)

function checkString(module: Module, entry: Import): void {
  if (entry.kind === 'global') {
    const { type, mutable } = module.globals[entry.index]!.type
    if (!mutable && isRef(type) && type.heap === 'extern') return
  }
  throw wrong(module, entry, 'string constant', 'an immutable global of externref')
}

function checkBuiltin(module: Module, entry: Import, name: StringBuiltin): void {
  if (typeKey(module, module.funcs[entry.index]!.type) === STRING_BUILTINS[name]) return
  throw wrong(module, entry, 'builtin', 'a function of the type of the builtin')
}

function wrong(
  module: Module,
  { module: from, name, kind, index }: Import,
  what: string,
  wanted: string,
): CompileError {
  const found = `${kind} ${externalTypeName(module, kind, index)}`
  const section = module.sections.find(({ id, name }) => id !== 0 && name === 'import')
  const message = `imported ${what} ${JSON.stringify(from)} ${JSON.stringify(name)} must be ${wanted}, it is ${found}`
  return new CompileError('invalid', message, { offset: section!.start })
}
