// The whole pipeline.

import type { Module } from './0-wasm/module.ts'
import type { FuncType } from './0-wasm/types.ts'
import { CodeReader } from './1-decode/code.ts'
import { decode } from './1-decode/decode.ts'
import { FunctionValidator } from './2-validate/function.ts'
import { validateModule } from './2-validate/module.ts'
import { FunctionLowering } from './3-lower/function.ts'
import type { Func } from './3-lower/ir.ts'
import { optimize } from './4-optimize/passes.ts'
import { BYTECODE_LIMIT } from './4-optimize/split/limit.ts'
import { ModuleEmitter } from './5-emit/module.ts'
import type { ExportInfo, ImportInfo } from './5-emit/program.ts'
import { declarationsOf } from './6-link/dts.ts'
import { type Linked, link } from './6-link/link.ts'
import type { Options, Progress } from './options.ts'

export interface Compiled extends Linked {
  /** TypeScript declarations, if asked for. */
  readonly dts?: string
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  readonly warnings: readonly string[]
}

/** Compiles a module. Throws CompileError. */
export function compileModule(bytes: Uint8Array, options: Options, progress?: Progress): Compiled {
  const module = decode(bytes)
  validateModule(module)
  const emitter = new ModuleEmitter(module, options)
  // Engines without a JIT have no limit on what they optimise.
  const limit = options.engine === 'jit' ? BYTECODE_LIMIT : Infinity
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined) continue
    const func = lower(module, index, body.start, body.end)
    for (const each of optimize(func, options.optimize, limit)) emitter.add(each)
    progress?.(index + 1, module.funcs.length, body.end)
  }
  const program = emitter.finish()
  const { imports, exports } = program
  const dts = options.dts ? { dts: declarationsOf(module, options) } : {}
  return { ...link(program, options), ...dts, imports, exports, warnings: warningsFor(options, [...imports, ...exports]) }
}

/** Validates and lowers a function in one walk over its instructions. */
function lower(module: Module, index: number, start: number, end: number): Func {
  const reader = new CodeReader(module, start, end)
  const type = module.types[module.funcs[index]!.type]!.composite as FuncType
  const locals = [...type.params, ...reader.locals()]
  const validator = new FunctionValidator(module, index, locals)
  const lowering = new FunctionLowering(module, index, type, locals)
  while (reader.next()) {
    validator.step(reader.ins)
    lowering.step(reader.ins)
  }
  validator.finish()
  return lowering.finish()
}

function warningsFor({ target }: Options, boundary: readonly ExportInfo[]): string[] {
  const i64 = boundary.find(({ type }) => /\bi64\b/.test(type))
  if (i64 === undefined || !(target === 'es5' || target === 'es2015')) return []
  return [`target ${target} has no BigInt, but ${i64.kind} ${JSON.stringify(i64.name)} passes an i64: it needs an engine that has BigInt`]
}
