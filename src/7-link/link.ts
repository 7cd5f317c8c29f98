// Program + the runtime it needs -> the text of a JavaScript file.

import { declarations, version } from '#runtime'
import type { RuntimeName } from '../3-ir/runtime-names.ts'
import { lengthOf, type MappedText, type Program, shifted } from '../6-emit/program.ts'
import { cjsFileData, dataFile, esmFileData, inlineData } from './data.ts'
import { globalName } from './identifier.ts'
import { exportDeclarations, importDeclarations, importObject, integrationRuntime } from './integration.ts'
import { REGISTERED, type Registration, registrationText } from './registration.ts'
import { shake } from './shake.ts'

export type Format = 'esm' | 'esm-integration' | 'cjs' | 'iife'
export type Target = 'es5' | 'es2015' | 'es2020' | 'esnext'

/** What the linker asks of the compiler's options. */
export interface LinkOptions {
  readonly format: Format
  readonly target: Target
  readonly data: 'inline' | 'file'
  /** Base name of the output: of its data file, and of the variable that `iife` declares. */
  readonly name: string
}

interface RuntimeOptions extends LinkOptions {
  /** Whether the output has what it needs of the runtime. */
  readonly carriesRuntime?: boolean | undefined
}

export interface Linked {
  /** The output's text in pieces, which may be too much for one string. */
  readonly chunks: string[]
  /** The texts of functions in it, if positions were asked for. */
  readonly mapped: readonly MappedText[]
  /** Further files by name, to stand beside the output. */
  readonly files: Map<string, Uint8Array | string>
}

/** How all outputs of this version begin. */
export const BANNER = `// Compiled from WebAssembly by nowasm ${version}\n`

/**
 * Links a program. Deterministic; throws if the program names a runtime declaration that does not exist.
 *
 * @param registration what the output registers itself as; undefined: it does not
 */
export function link(program: Program, options: RuntimeOptions, registration?: Registration): Linked {
  const files = new Map<string, Uint8Array | string>()
  const data = linkData(program.data, options, files)
  const used = program.runtime === 'all' ? declarations.map(({ name }) => name) : program.runtime
  const registering: readonly RuntimeName[] = registration === undefined ? [] : ['module_register']
  const exporting = options.format === 'esm-integration' ? integrationRuntime(program) : []
  const names = [...used, ...data.runtime, ...registering, ...exporting]
  const seen =
    registration === undefined ? { instantiate: 'instantiate' } : { instantiate: 'instantiate', module: REGISTERED }
  const { before, after } = frame(options, program, seen)
  const head = [
    `${BANNER}${before}`,
    options.carriesRuntime === false ? '' : shake(declarations, names, options.target),
    ...data.chunks,
  ]
  const chunks = [
    ...head,
    ...program.chunks,
    program.chunks.at(-1)?.endsWith('\n') ? '' : '\n',
    registration === undefined ? '' : registrationText(registration),
    after,
  ]
  const mapped = shifted(program.mapped, lengthOf(head))
  return { chunks: chunks.filter((chunk) => chunk !== ''), mapped, files }
}

interface LinkedData {
  readonly chunks: readonly string[]
  readonly runtime: readonly RuntimeName[]
}

function linkData(data: Uint8Array, options: LinkOptions, files: Map<string, Uint8Array | string>): LinkedData {
  if (data.length === 0) return { chunks: [], runtime: [] }
  if (options.data === 'inline') {
    const { chunks, runtime } = inlineData(data)
    return { chunks, runtime: [runtime] }
  }
  const file = dataFile(options.name)
  files.set(file, data)
  return { chunks: [options.format === 'cjs' ? cjsFileData(file) : esmFileData(file)], runtime: [] }
}

interface Frame {
  readonly before: string
  readonly after: string
}

/**
 * What stands around the program, so that it is strict code and only what is exported is seen from outside.
 *
 * @param seen the variables that are exported, by the names that they are exported by; in `esm-integration` the module's own
 *   exports are all there is
 */
function frame(options: LinkOptions, { imports, exports }: Program, seen: Readonly<Record<string, string>>): Frame {
  const pairs = Object.entries(seen)
  switch (options.format) {
    case 'esm': {
      const names = pairs.map(([name, variable]) => (name === variable ? name : `${variable} as ${name}`))
      return { before: '', after: `export { ${names.join(', ')} };\n` }
    }
    case 'esm-integration':
      return {
        before: importDeclarations(imports),
        after: exportDeclarations(exports, `instantiate(${importObject(imports)}).exports`),
      }
    case 'cjs':
      return {
        before: '"use strict";\n',
        after: pairs.map(([name, variable]) => `exports.${name} = ${variable};\n`).join(''),
      }
    case 'iife':
      return {
        before: `var ${globalName(options.name)} = (function () {\n"use strict";\n`,
        after: `return { ${pairs.map(([name, variable]) => `${name}: ${variable}`).join(', ')} };\n})();\n`,
      }
  }
}
