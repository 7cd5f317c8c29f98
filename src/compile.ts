// The whole pipeline.

import { decode } from './1-decode/decode.ts'
import { validateModule } from './2-validate/module.ts'
import { emitContext, ModuleEmitter } from './6-emit/module.ts'
import type { ExportInfo, ImportInfo } from './6-emit/program.ts'
import { declarationsOf } from './7-link/dts.ts'
import { type Linked, link } from './7-link/link.ts'
import type { Options, Progress, Settings } from './options.ts'
import { compileFunctions } from './parallel.ts'

export interface Compiled extends Linked {
  /** TypeScript declarations, if asked for. */
  readonly dts?: string
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  readonly warnings: readonly string[]
}

/** Compiles a module. Throws CompileError. */
export function compileModule(bytes: Uint8Array, options: Settings, progress?: Progress): Compiled {
  const module = decode(bytes)
  validateModule(module)
  const context = emitContext(module, options)
  const emitter = new ModuleEmitter(context)
  for (const [range, functions] of compileFunctions(context, options)) {
    emitter.add(functions)
    progress?.(range.to, module.funcs.length, module.funcs[range.to - 1]!.body?.end ?? 0)
  }
  const program = emitter.finish()
  const { imports, exports } = program
  const dts = options.dts ? { dts: declarationsOf(module, options) } : {}
  return {
    ...link(program, options),
    ...dts,
    imports,
    exports,
    warnings: warningsFor(options, [...imports, ...exports]),
  }
}

function warningsFor({ target }: Options, boundary: readonly ExportInfo[]): string[] {
  const i64 = boundary.find(({ type }) => /\bi64\b/.test(type))
  if (i64 === undefined || !(target === 'es5' || target === 'es2015')) return []
  return [
    `target ${target} has no BigInt, but ${i64.kind} ${JSON.stringify(i64.name)} passes an i64: it needs an engine that has BigInt`,
  ]
}
