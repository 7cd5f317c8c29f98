// The TypeScript declarations of an output.

import { funcTypeAt } from '../0-wasm/external.ts'
import type { ExternKind, Module } from '../0-wasm/module.ts'
import { type FuncType, isRef, type ValType } from '../0-wasm/types.ts'
import { quote } from '../6-emit/build.ts'
import { identifier } from './identifier.ts'
import type { LinkOptions } from './link.ts'

/** Text of the `.d.ts` for a module's output: its imports and exports under their exact names. */
export function declarationsOf(module: Module, options: LinkOptions): string {
  const imports = importLines(module)
  const exports = module.exports.map(
    ({ name, kind, index }) => `  readonly ${quote(name)}: ${typeOf(module, kind, index, 'out')}`,
  )
  const declarations = [
    declareInterface('Imports', imports),
    declareInterface('Exports', exports),
    declareInterface('Instance', ['  readonly exports: Exports']),
    `function instantiate(imports${imports.length === 0 ? '?' : ''}: Imports): Instance`,
  ]
  if (options.format !== 'iife') return declarations.map((text) => `export ${text}\n`).join('\n')
  const members = declarations.map((text) => text.replace(/^/gm, '  ')).join('\n\n')
  return `declare namespace ${identifier(options.name)} {\n${members}\n}\n`
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

/** TypeScript's own keys of WebAssembly.ValueTypeMap. */
function globalKey(type: ValType): string {
  if (!isRef(type)) return quote(type)
  return type.heap === 'func' ? '"anyfunc"' : '"externref"'
}

function valueType(type: ValType, direction: Direction): string {
  switch (type) {
    case 'i64':
      return 'bigint'
    case 'i32':
    case 'f32':
    case 'f64':
      return 'number'
    case 'v128':
      return 'never'
  }
  if (type.heap !== 'func') return direction === 'in' ? 'unknown' : 'any'
  return type.nullable ? '((...args: any[]) => any) | null' : '(...args: any[]) => any'
}
