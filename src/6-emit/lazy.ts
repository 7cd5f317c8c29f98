// Functions that are compiled when they are first called: what stands for them in an instance until then, and their text as
// the instance evaluates it. Two variables belong to a function, `f5` is what references to it are, for good, and `c5` what
// is called:
//
//   function instantiate(imports) {
//     function compile_func(i) { return eval(function_text(i)) }
//     function f5(a, b) { return (c5 === f5 ? compile_func(5) : c5)(a, b) }
//     var c5 = f5
//
// and `function_text(5)` is, where `c5` inside is what it calls itself by,
//
//   c5 = (function c5(a, b) { ... })
//
// or, of a function in parts,
//
//   c5 = (function () { function f5_1(a) { ... } return (function c5(a, b) { ... }) })()
//
// Engines take the parenthesis before `function` as a sign that it is called at once, and compile it when they read it; a
// declaration is only skimmed then, and read again when it is called. Parts may not be needed.
// Strict code that is evaluated declares nothing outside of itself, so engines resolve its variables as those of other code.

import type * as es from 'estree'
import type { Module } from '../0-wasm/module.ts'
import type { FuncType } from '../0-wasm/types.ts'
import { takesTuple, wordsOfType } from '../3-ir/registers.ts'
import { MAIN, TAIL } from '../3-ir/versions.ts'
import { id } from './build.ts'
import type { EmittedFunctions } from './functions.ts'
import type { Variable } from './instance-variables.ts'
import type { EmitOptions } from './module.ts'
import type { ModuleContext } from './module-context.ts'
import { Printer } from './print.ts'
import { byteTableStatements } from './swizzle.ts'
import { noUses, type Uses } from './uses.ts'

/** What the program calls for the text of a function: a variable around it. */
export const FUNCTION_TEXT = 'function_text'

const COMPILE = `function compile_func(i) {\n  return eval(${FUNCTION_TEXT}(i));\n}\n`

/** Whether functions can be compiled lazily: all views that they may use can be kept (`MemoryAccess.views`), where they are few. */
export const canBeLazy = ({ engine }: Pick<EmitOptions, 'engine'>): boolean => engine === 'jit'

/**
 * What stands for all functions of the module, before any of them is compiled. Written as text: all are alike, and a tree for each
 * of 1800 functions took 35 of the 240 ms until SQLite was ready.
 */
export function emitStubs(c: ModuleContext): EmittedFunctions {
  let text = COMPILE
  for (let index = 0; index < c.module.funcs.length; index++)
    if (c.module.funcs[index]!.body !== undefined) text += stub(c, index)
  return { chunks: [text], uses: everything(c), positions: undefined }
}

function stub({ module, names, instance }: ModuleContext, index: number): string {
  const type = module.types[module.funcs[index]!.type]!.composite as FuncType
  const words = takesTuple(type) ? 1 : type.params.flatMap(wordsOfType).length
  const list = Array.from({ length: words }, (_, i) => names.variable(i)).join(',')
  const ref = instance.ref(index)
  const [own, compiled] = [textOf(ref), textOf(instance.version(index, MAIN))]
  const rest = `(${list}){return(${compiled}===${own}?compile_func(${index}):${compiled})(${list})}\n`
  return ref.type === 'Identifier'
    ? `function ${own}${rest}var ${compiled}=${own};\n`
    : `${own}=function ${names.func(index)}${rest};${compiled}=${own};\n`
}

/** A variable of the instance: `f5`, `f_[5]`. */
function textOf(variable: Variable): string {
  if (variable.type === 'Identifier') return variable.name
  const { object, property } = variable
  return `${(object as es.Identifier).name}[${(property as es.Literal).value}]`
}

/** All of the module that functions may use. What they use of the runtime is not told: all of it is there. */
function everything({ module, access }: ModuleContext): Uses {
  const all = ({ length }: readonly unknown[]): Set<number> => new Set(Array.from({ length }, (_, index) => index))
  return {
    ...noUses(),
    views: new Set(module.memories.flatMap((_, index) => access.views(index)!)),
    globals: all(module.globals),
    memories: all(module.memories),
    tables: all(module.tables),
    calledTables: all(module.tables),
    tags: all(module.tags),
    typeIds: types(module, (kind) => kind === 'func'),
    heapTypes: types(module, (kind) => kind !== 'func'),
    heapClasses: types(module, (kind) => kind !== 'func'),
    elems: all(module.elements),
    // Without this count there are no instructions that use segments.
    datas: module.dataCount === undefined ? new Set() : all(module.data),
  }
}

/** Canonical indices of the types of these kinds. */
const types = (module: Module, isWanted: (kind: string) => boolean): Set<number> =>
  new Set(module.types.filter(({ composite }) => isWanted(composite.kind)).map(({ canonical }) => canonical))

/** The text with which an instance makes a function of what was emitted for it, the function itself first. */
export function lazyText(c: ModuleContext, index: number, { chunks: functions, uses }: EmittedFunctions): string {
  const { instance } = c
  const compiled = instance.version(index, MAIN)
  const name = textOf(compiled)
  const hasTails = uses.tails.has(index)
  const tables = tablesOf(c, uses)
  if (compiled.type === 'Identifier' && !hasTails) {
    const [main, ...rest] = functions
    const parts = [...tables, ...rest]
    const itself = `(${main})`
    return `${name} = ${parts.length === 0 ? itself : called(parts, itself)}`
  }
  const tail = textOf(instance.version(index, TAIL))
  const entries = hasTails ? [name, textOf(instance.ref(index))].map((raw) => `tail_entry(${raw},${tail});`) : []
  const made = called([...tables, ...functions, ...entries], name)
  return compiled.type === 'Identifier' ? `${name} = ${made}` : made
}

/** The tables that a function looks bytes up in: an instance that is there already gets no others. */
function tablesOf({ readable, isEs5 }: ModuleContext, uses: Uses): readonly string[] {
  const printer = new Printer(readable)
  for (const statement of byteTableStatements(uses, isEs5, id)) printer.print(statement)
  const text = printer.writer.take()
  return text === '' ? [] : [text]
}

const called = (statements: readonly string[], result: string): string =>
  `(function () {\n${statements.join('')}return ${result}})()`
