// Outputs that are ES modules as WebAssembly/ES module integration has them: what the module imports is imported, and what it
// exports is exported, by name (JavaScript API, "Integration with ECMAScript modules").
//
//   (module                                          import { log as wasm_import0 } from "./glue.js";
//     (import "./glue.js" "log" (func (param i32)))  ...
//     (global (export "base") i32 (i32.const 8))     const wasm_exports = instantiate({ "./glue.js": { "log": wasm_import0 } }).exports;
//     (global (export "top") (mut i32) ...)          const wasm_export0 = wasm_exports["base"].value;
//     (func (export "run") ...))                     let wasm_export1 = wasm_exports["top"].value;
//                                                    global_live(wasm_exports["top"], function (x) { wasm_export1 = x; });
//                                                    const wasm_export2 = wasm_exports["run"];
//                                                    export { wasm_export0 as base, wasm_export1 as top, wasm_export2 as run };
//
// An import of a mutable global is `global_linked(function () { return wasm_import0; })`: the global, if such a module exports it.
//
// In a cycle with its glue the order is that of ES modules: imports are bindings, which are read when the module is evaluated.
// Functions are hoisted and so are there, even if the glue is evaluated after the module; all else that is not there yet is a
// ReferenceError, as it is when the glue reads an export too early.

import { CompileError } from '../0-wasm/errors.ts'
import type { RuntimeName } from '../3-ir/runtime-names.ts'
import { quote } from '../6-emit/build.ts'
import type { ExportInfo, ImportInfo, Program } from '../6-emit/program.ts'
import type { Target } from './link.ts'

const EXPORTS = 'wasm_exports'

/** Names of a module's imports and exports. */
interface Names {
  readonly imports: readonly { readonly module: string; readonly name: string }[]
  readonly exports: readonly { readonly name: string }[]
}

/** Throws CompileError for names that the integration reserves, and for those that engines of the target cannot import or export. */
export function checkNames({ imports, exports }: Names, target: Target): void {
  const refuse = (what: string, name: string, why: string): never => {
    throw new CompileError('unsupported', `${what} ${JSON.stringify(name)} ${why}`)
  }
  const isReserved = (name: string): boolean => /^wasm(-js)?:/.test(name)
  const check = (what: string, name: string): void => {
    if (isReserved(name)) refuse(what, name, 'is reserved in ES modules')
    if (target !== 'esnext' && !isIdentifierName(name)) {
      refuse(what, name, 'is no identifier: format esm-integration needs target esnext for it')
    }
  }
  for (const { module, name } of imports) {
    if (isReserved(module)) refuse('the module of an import', module, 'is reserved in ES modules')
    check('the name of an import', name)
  }
  for (const { name } of exports) check('the name of an export', name)
}

/** The names of a module's imports, by the modules that they are from, in the order in which these are first mentioned. */
function importsByModule(imports: readonly ImportInfo[]): Map<string, string[]> {
  const modules = new Map<string, string[]>()
  for (const { module, name } of imports) {
    const names = modules.get(module) ?? []
    modules.set(module, names)
    if (!names.includes(name)) names.push(name)
  }
  return modules
}

/** A variable for each import, in the order of `importsByModule`. */
function numbered(imports: readonly ImportInfo[]): [module: string, names: [name: string, variable: string][]][] {
  let count = 0
  return [...importsByModule(imports)].map(([module, names]) => [
    module,
    names.map((name) => [name, `wasm_import${count++}`]),
  ])
}

/**
 * Declarations of the variables that `importObject` is made of.
 *
 * @param specifierOf where a module of the imports is
 */
export const importDeclarations = (
  imports: readonly ImportInfo[],
  specifierOf: (module: string) => string = (module) => module,
): string =>
  numbered(imports)
    .map(([module, names]) => {
      const items = names.map(([name, variable]) => `${bindingName(name)} as ${variable}`)
      return `import { ${items.join(', ')} } from ${quote(specifierOf(module))};\n`
    })
    .join('')

/** An expression of the object that `instantiate` takes. A computed key is a key even if it is `__proto__`. */
export function importObject(imports: readonly ImportInfo[]): string {
  const linked = imports.filter(isLinked)
  const given = (module: string, name: string, variable: string): string =>
    linked.some((item) => item.module === module && item.name === name)
      ? `global_linked(function () { return ${variable}; })`
      : variable
  return objectOf(
    numbered(imports).map(([module, names]) => [
      module,
      objectOf(names.map(([name, variable]): [string, string] => [name, given(module, name, variable)])),
    ]),
  )
}

function objectOf(entries: readonly (readonly [key: string, value: string])[]): string {
  if (entries.length === 0) return '{}'
  const keyOf = (key: string): string => (key === '__proto__' ? `[${quote(key)}]` : quote(key))
  return `{ ${entries.map(([key, value]) => `${keyOf(key)}: ${value}`).join(', ')} }`
}

/**
 * Statements that make an instance and export what it exports.
 *
 * @param exports an expression of the instance's exports
 */
export function exportDeclarations(exported: readonly ExportInfo[], exports: string): string {
  const statements = exported.map(({ name, kind, type }, i) => {
    const value = `${EXPORTS}[${quote(name)}]`
    const variable = `wasm_export${i}`
    if (kind !== 'global') return `const ${variable} = ${value};\n`
    const setter = `function (x) { ${variable} = x; }`
    if (hasNoValue(type)) return `let ${variable};\nglobal_bound(${value}, ${setter});\n`
    if (!isMutable(type)) return `const ${variable} = ${value}.value;\n`
    return `let ${variable} = ${value}.value;\nglobal_live(${value}, ${setter});\n`
  })
  const items = exported.map(({ name }, i) => `wasm_export${i} as ${bindingName(name)}`)
  const instance = exported.length === 0 ? `${exports};\n` : `const ${EXPORTS} = ${exports};\n`
  return `${instance}${statements.join('')}${items.length === 0 ? 'export {};\n' : `export { ${items.join(', ')} };\n`}`
}

/** Whether it is the global that is linked, not its value. */
const isLinked = ({ kind, type }: ExportInfo): boolean => kind === 'global' && (isMutable(type) || hasNoValue(type))

/** What imports and exports of this format need of the runtime. */
export function integrationRuntime({ imports, exports }: Pick<Program, 'imports' | 'exports'>): RuntimeName[] {
  const linked = exports.filter(isLinked)
  return [
    ...(imports.some(isLinked) ? (['global_linked'] as const) : []),
    ...(linked.some(({ type }) => !hasNoValue(type)) ? (['global_live'] as const) : []),
    ...(linked.some(({ type }) => hasNoValue(type)) ? (['global_bound'] as const) : []),
  ]
}

const isMutable = (type: string): boolean => type.startsWith('mut ')

/** Whether JavaScript has no values of a type. */
const hasNoValue = (type: string): boolean => /^(mut )?(v128|exnref|nullexnref|\(ref (null )?(no)?exn\))$/.test(type)

/** How imports and exports name a binding. What is no identifier is a string, which engines know since ES2022. */
const bindingName = (name: string): string => (isIdentifierName(name) ? name : quote(name))

export const isIdentifierName = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)
