// The whole pipeline.

import { CompileError } from './0-wasm/errors.ts'
import type { Module } from './0-wasm/module.ts'
import { validate } from './2-validate/index.ts'
import { emitContext, ModuleEmitter } from './6-emit/module.ts'
import type { ExportInfo, ImportInfo, Program } from './6-emit/program.ts'
import { declarationsOf } from './7-link/dts.ts'
import { checkNames } from './7-link/integration.ts'
import { type Linked, link } from './7-link/link.ts'
import { registrationOf } from './7-link/registration.ts'
import type { Mapping } from './7-link/source-map.ts'
import { stubFile, stubOf } from './7-link/stub.ts'
import { readModule } from './front-end.ts'
import type { Options, Progress, Settings } from './options.ts'
import { compileFunctions } from './parallel.ts'

export interface Compiled extends Linked {
  /** TypeScript declarations, if asked for. */
  readonly dts?: string
  /** What its source map is made of, if that is asked for. */
  readonly mapping?: Mapping
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
  readonly warnings: readonly string[]
}

/** Compiles a module. Throws CompileError. */
export function compileModule(bytes: Uint8Array, options: Settings, progress?: Progress): Compiled {
  const steps = compileSteps(bytes, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    progress?.(...step.value)
  }
}

/** A compilation that stands still after each step until it is asked to go on. Throws CompileError. */
export function* compileSteps(bytes: Uint8Array, options: Settings): Generator<Parameters<Progress>, Compiled> {
  const module = readModule(bytes, options)
  if (options.format === 'esm-integration') checkNames(module, options.target)
  const program = yield* emitProgram(module, options)
  const { imports, exports } = program
  const dts = options.dts ? { dts: declarationsOf(module, options) } : {}
  const registration = options.register ? registrationOf(bytes, program) : undefined
  const linked = link(program, options, registration)
  if (registration && options.stub) linked.files.set(stubFile(options.name), stubOf(bytes, registration))
  const mapping = options.sourceMap ? { mapping: { texts: linked.mapped, module } } : {}
  return {
    ...linked,
    ...dts,
    ...mapping,
    imports,
    exports,
    warnings: warningsFor(options, [...imports, ...exports]),
  }
}

function* emitProgram(module: Module, options: Settings): Generator<Parameters<Progress>, Program> {
  const context = emitContext(module, options)
  const emitter = new ModuleEmitter(context)
  try {
    for (const [range, functions] of compileFunctions(context, options)) {
      emitter.add(functions)
      yield [range.to, module.funcs.length, module.funcs[range.to - 1]!.body?.end ?? 0]
    }
  } catch (error) {
    // Before a module is refused, all of it is validated: so the refusal names all that is lacking.
    if (error instanceof CompileError && error.kind === 'unsupported') validate(module)
    throw error
  }
  return emitter.finish()
}

function warningsFor({ target }: Options, boundary: readonly ExportInfo[]): string[] {
  const i64 = boundary.find(({ type }) => /\bi64\b/.test(type))
  if (i64 === undefined || !(target === 'es5' || target === 'es2015')) return []
  return [
    `target ${target} has no BigInt, but ${i64.kind} ${JSON.stringify(i64.name)} passes an i64: it needs an engine that has BigInt`,
  ]
}
