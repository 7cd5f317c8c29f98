// The TypeScript declarations of an output.

import { funcTypeAt } from '../0-wasm/external.ts'
import type { ExternKind, Module } from '../0-wasm/module.ts'
import type { FuncType, ValType } from '../0-wasm/types.ts'
import { quote } from '../6-emit/build.ts'
import { kindOf, type ValueKind } from '../6-emit/values.ts'
import { identifier } from './identifier.ts'
import { isIdentifierName } from './integration.ts'
import type { LinkOptions } from './link.ts'

/** What an output exports that registers itself, as `nowasm/aot` takes it. */
const REGISTERED_MODULE = `const module: {
  readonly sha256: string
  readonly length: number
  readonly imports: readonly (readonly [string, string, string])[]
  readonly exports: readonly (readonly [string, string])[]
  readonly instantiate: (imports?: unknown) => Instance
}`

interface DeclarationOptions extends LinkOptions {
  readonly register: boolean
}

/** Text of the `.d.ts` for a module's output: its imports and exports under their exact names. */
export function declarationsOf(module: Module, options: DeclarationOptions): string {
  if (options.format === 'esm-integration') return bindingLines(module)
  const imports = importLines(module)
  const exports = module.exports.map(
    ({ name, kind, index }) => `  readonly ${quote(name)}: ${typeOf(module, kind, index, 'out')}`,
  )
  const declarations = [
    declareInterface('Imports', imports),
    declareInterface('Exports', exports),
    declareInterface('Instance', ['  readonly exports: Exports']),
    `function instantiate(imports${imports.length === 0 ? '?' : ''}: Imports): Instance`,
    ...(options.register ? [REGISTERED_MODULE] : []),
  ]
  if (options.format !== 'iife') return declarations.map((text) => `export ${text}\n`).join('\n')
  const members = declarations.map((text) => text.replace(/^/gm, '  ')).join('\n\n')
  return `declare namespace ${identifier(options.name)} {\n${members}\n}\n`
}

/** What an output of format `esm-integration` exports: functions and the like, and the values of globals. */
function bindingLines(module: Module): string {
  const lines = module.exports.map(({ name, kind, index }, i) => {
    const type = kind === 'global' ? module.globals[index]!.type : undefined
    const keyword = type?.mutable ? 'let' : 'const'
    const text = type ? valueType(type.type, 'out') : typeOf(module, kind, index, 'out')
    if (identifier(name) === name) return `export ${keyword} ${name}: ${text}\n`
    const shown = isIdentifierName(name) ? name : quote(name)
    return `declare ${keyword} wasm_export${i}: ${text}\nexport { wasm_export${i} as ${shown} }\n`
  })
  return lines.length === 0 ? 'export {}\n' : lines.join('')
}

const declareInterface = (name: string, lines: readonly string[]): string =>
  `interface ${name} ${lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`}`

/** Imports grouped by module, in order of first mention. A name imported twice must satisfy both types. */
function importLines(module: Module): string[] {
  const groups = new Map<string, Map<string, string[]>>()
  for (const { module: from, name, kind, index } of module.imports) {
    const group = groups.get(from) ?? new Map<string, string[]>()
    groups.set(from, group)
    const types = group.get(name) ?? []
    group.set(name, types)
    const type = typeOf(module, kind, index, 'in')
    if (!types.includes(type)) types.push(type)
  }
  return [...groups].flatMap(([from, group]) => [
    `  readonly ${quote(from)}: {`,
    ...[...group].map(([name, types]) => `    readonly ${quote(name)}: ${intersection(types)}`),
    '  }',
  ])
}

const intersection = (types: readonly string[]): string =>
  types.length === 1 ? `${types[0]}` : types.map((type) => `(${type})`).join(' & ')

/** 'in': a value the host gives to the module; 'out': one the module gives to the host. */
type Direction = 'in' | 'out'

function typeOf(module: Module, kind: ExternKind, index: number, direction: Direction): string {
  switch (kind) {
    case 'func':
      return functionType(funcTypeAt(module, module.funcs[index]!.type), direction)
    case 'memory':
      return 'WebAssembly.Memory'
    case 'table':
      return 'WebAssembly.Table'
    case 'tag':
      return 'WebAssembly.Tag'
    case 'global': {
      const { type, mutable } = module.globals[index]!.type
      const global = `WebAssembly.Global<${globalKey(type)}>`
      return direction === 'in' && !mutable ? `${global} | ${valueType(type, 'in')}` : global
    }
  }
}

/** A function takes values the one way and gives them the other. */
function functionType(type: FuncType, direction: Direction): string {
  const params = type.params.map((param, i) => `p${i}: ${valueType(param, direction === 'out' ? 'in' : 'out')}`)
  const results = type.results.map((result) => valueType(result, direction))
  return `(${params.join(', ')}) => ${resultType(results, direction)}`
}

function resultType(results: readonly string[], direction: Direction): string {
  if (results.length === 0) return 'void'
  if (results.length === 1) return `${results[0]}`
  const tuple = `[${results.join(', ')}]`
  return direction === 'in' ? `readonly ${tuple}` : tuple
}

/** What JavaScript gives and takes for values, and TypeScript's own keys of WebAssembly.ValueTypeMap. */
const TYPES: Readonly<Record<ValueKind, Readonly<Record<Direction | 'key', string>>>> = {
  i32: { key: 'i32', in: 'number', out: 'number' },
  i64: { key: 'i64', in: 'bigint', out: 'bigint' },
  f32: { key: 'f32', in: 'number', out: 'number' },
  f64: { key: 'f64', in: 'number', out: 'number' },
  v128: { key: 'v128', in: 'never', out: 'never' },
  func: { key: 'anyfunc', in: '((...args: any[]) => any) | null', out: '((...args: any[]) => any) | null' },
  extern: { key: 'externref', in: 'unknown', out: 'any' },
  exn: { key: 'exnref', in: 'never', out: 'never' },
  // TypeScript has no key for these.
  reference: { key: 'externref', in: 'unknown', out: 'any' },
}

const globalKey = (type: ValType): string => quote(TYPES[kindOf(type)].key)

const valueType = (type: ValType, direction: Direction): string => TYPES[kindOf(type)][direction]
