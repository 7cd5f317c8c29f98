// The TypeScript declarations of an output.

import { funcTypeAt } from '../0-wasm/external.ts'
import type { ExternKind, Module } from '../0-wasm/module.ts'
import type { AddressType, FuncType, ValType } from '../0-wasm/types.ts'
import { quote } from '../6-emit/build.ts'
import { kindOf, type ValueKind } from '../6-emit/values.ts'
import { globalName, identifier } from './identifier.ts'
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
    ...declaredTypes([...imports, ...exports]),
    declareInterface('Imports', imports),
    // Of a type with a name, not an interface: TypeScript takes only such for WebAssembly.Exports, which have any names.
    `type Exports = ${braced(exports)}`,
    declareInterface('Instance', ['  readonly exports: Exports']),
    `function instantiate(imports${imports.length === 0 ? '?' : ''}: Imports): Instance`,
    ...(options.register ? [REGISTERED_MODULE] : []),
  ]
  if (options.format !== 'iife') return declarations.map((text) => `export ${text}\n`).join('\n')
  const members = declarations.map((text) => text.replace(/^/gm, '  ')).join('\n\n')
  return `declare namespace ${globalName(options.name)} {\n${members}\n}\n`
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
  if (lines.length === 0) return 'export {}\n'
  return [...declaredTypes(lines).map((text) => `export ${text}\n\n`), ...lines].join('')
}

const declareInterface = (name: string, lines: readonly string[]): string => `interface ${name} ${braced(lines)}`

const braced = (lines: readonly string[]): string => (lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`)

/** What TypeScript's own types of these names have, which are part of the DOM library: not everyone has that. */
const API_TYPES: Readonly<Record<string, string>> = {
  Memory: `interface Memory<Size = number> {
  readonly buffer: ArrayBuffer
  grow(delta: Size): Size
  toFixedLengthBuffer(): ArrayBuffer
  toResizableBuffer(): ArrayBuffer
}`,
  Table: `interface Table<Index = number> {
  readonly length: Index
  get(index: Index): any
  set(index: Index, value?: any): void
  grow(delta: Index, value?: any): Index
}`,
  Global: `interface Global<Value> {
  value: Value
  valueOf(): Value
}`,
}

/** Declarations of those types that some lines mention. */
const declaredTypes = (lines: readonly string[]): string[] =>
  Object.entries(API_TYPES).flatMap(([name, text]) =>
    lines.some((line) => new RegExp(`: [^"]*\\b${name}\\b`).test(line)) ? [text] : [],
  )

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
    case 'memory': {
      const memory = `Memory${indexArgument(module.memories[index]!.type.addressType)}`
      // Older versions of TypeScript's Memory have no more than this.
      return direction === 'in' ? `Pick<${memory}, "buffer" | "grow">` : memory
    }
    case 'table':
      return `Table${indexArgument(module.tables[index]!.type.addressType)}`
    case 'tag':
      // WebAssembly.Exports has none, so what comes out is anything.
      return direction === 'in' ? 'object' : 'any'
    case 'global': {
      const { type, mutable } = module.globals[index]!.type
      const global = `Global<${TYPES[kindOf(type)].global}>`
      return direction === 'in' && !mutable ? `${global} | ${valueType(type, 'in')}` : global
    }
  }
}

const indexArgument = (type: AddressType): string => (type === 'i64' ? '<bigint>' : '')

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

/** What JavaScript gives and takes for values, and what globals have, as in TypeScript's WebAssembly.ValueTypeMap. */
const TYPES: Readonly<Record<ValueKind, Readonly<Record<Direction | 'global', string>>>> = {
  i32: { global: 'number', in: 'number', out: 'number' },
  i64: { global: 'bigint', in: 'bigint', out: 'bigint' },
  f32: { global: 'number', in: 'number', out: 'number' },
  f64: { global: 'number', in: 'number', out: 'number' },
  v128: { global: 'never', in: 'never', out: 'never' },
  func: { global: 'any', in: '((...args: any[]) => any) | null', out: '((...args: any[]) => any) | null' },
  extern: { global: 'any', in: 'unknown', out: 'any' },
  exn: { global: 'never', in: 'never', out: 'never' },
  reference: { global: 'any', in: 'unknown', out: 'any' },
}

const valueType = (type: ValType, direction: Direction): string => TYPES[kindOf(type)][direction]
