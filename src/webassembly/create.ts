// A `WebAssembly` object that compiles at run time, of any options: those that `nowasm/webassembly` offers, and those of tests.

import { CompileError } from '../../runtime/errors.ts'
import type { Internals, Options } from '../options.ts'
import { compilerSource } from './compiler.ts'
import { namespaceOver } from './namespace.ts'
import type { WebAssemblyObject } from './types.ts'

/** The options of the compiler that have a meaning where it compiles at run time. */
export type RunTimeOptions = Partial<Pick<Options, 'engine' | 'optimize' | 'i64' | 'names' | 'features' | 'threads'>>

export const webAssemblyWith = (options: RunTimeOptions, internals: Internals): WebAssemblyObject =>
  namespaceOver(compilerSource(options, CompileError, internals), options.threads === 'single')
