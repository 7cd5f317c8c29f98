// The modules that stand for a `.wasm` in a bundle, for each way to import it. They are files in the cache, so that every bundler
// treats them as it treats all others; what they import has absolute paths.
//
//   mode fallback, import * as x from './x.wasm'         mode always
//
//   import { log as wasm_import0 } from "/app/glue.js"   import { log as wasm_import0 } from "/app/glue.js"
//   import { instantiate } from ".../native.js"          import { instantiate } from "/cache/x.mjs"
//   import wasm_url from "/app/x.wasm"
//   const wasm_exports = (await instantiate(wasm_url,    const wasm_exports = instantiate({ ... }).exports
//     { ... }, () => import("/cache/x.mjs"))).exports
//   export { wasm_exports.run as run }                   export { wasm_exports.run as run }

import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quote } from '../6-emit/build.ts'
import { exportDeclarations, importDeclarations, importObject, integrationRuntime } from '../7-link/integration.ts'
import type { Options } from '../options.ts'
import { type Framework, wasmUrl } from './assets.ts'
import type { CompiledFile } from './cache.ts'
import type { Mode } from './options.ts'
import { pathLiteral, posix } from './paths.ts'
import { type Kind, specifierFor } from './requests.ts'

export interface WrapperOptions {
  readonly mode: Mode
  readonly compile: Options
  readonly framework: Framework
}

/** Files of this package that outputs of the bundler have. */
const fileBeside = (name: string): string => pathLiteral(fileURLToPath(new URL(name, import.meta.url)))
const loaders = (): string => fileBeside('./loaders.js')
const native = (): string => fileBeside('./native.js')
const live = (): string => fileBeside('./live.js')

/** @param file the `.wasm` */
export function wrapperText(kind: Kind, file: string, compiled: CompiledFile, options: WrapperOptions): string {
  const write = options.mode === 'always' ? ALWAYS[kind] : FALLBACK[kind]
  return `${write({ file, compiled, options, module: pathLiteral(compiled.module) })}\n`
}

interface Context {
  readonly file: string
  readonly compiled: CompiledFile
  readonly options: WrapperOptions
  /** The compiled module's specifier. */
  readonly module: string
}

type Writer = (context: Context) => string

const ALWAYS: Readonly<Record<Kind, Writer>> = {
  namespace: (context) => `import { instantiate } from ${context.module};
${bindings(context, (imports) => `instantiate(${imports})`)}`,
  init: ({ module }) => `import { instantiate } from ${module};
export default async (imports) => instantiate(imports);`,
  source: ({ module, compiled }) => `import { WebAssembly } from ${loaders()};
import ${module};
export default new WebAssembly.Module(${stub(compiled)});`,
  default: ({ module, compiled }) => `import { WebAssembly } from ${loaders()};
import ${module};
export default (imports) => imports === undefined ? WebAssembly.compile(${stub(compiled)}) : WebAssembly.instantiate(${stub(compiled)}, imports);`,
  url: ({ module, compiled, options }) => `import { register } from ${loaders()};
import { module } from ${module};
${wasmUrl(options.framework, compiled.stub)}
register(module, wasm_url);
export default wasm_url;`,
}

const FALLBACK: Readonly<Record<Kind, Writer>> = {
  namespace: (context) => `import { instantiate } from ${native()};
${address(context)}
${bindings(context, (imports) => `(await instantiate(wasm_url, ${imports}, () => import(${context.module})${given(context)}))`)}`,
  init: (context) => `import { instantiate } from ${native()};
${address(context)}
export default (imports) => instantiate(wasm_url, imports, () => import(${context.module})${given(context)});`,
  source: (context) => `import { moduleOf } from ${native()};
${address(context)}
export default await ${nativeModule(context)};`,
  default: (context) => `import { moduleOf } from ${native()};
${address(context)}
export default async (imports) => {
  const module = await ${nativeModule(context)};
  return imports === undefined ? module : { module, instance: await WebAssembly.instantiate(module, imports) };
};`,
  url: (context) => `import { provide } from ${native()};
${address(context)}
await provide(wasm_url, () => import(${context.module}), () => import(${loaders()}));
export default wasm_url;`,
}

const address = ({ file, options }: Context): string => wasmUrl(options.framework, file)

const nativeModule = (context: Context): string =>
  `moduleOf(wasm_url, () => ${stub(context.compiled)}, () => import(${context.module}), () => import(${loaders()})${given(context)})`

/** What the engine's own WebAssembly is to provide, as the compiler did. */
function given({ options: { compile } }: Context): string {
  const { builtins, importedStringConstants } = compile
  if (builtins.length === 0 && importedStringConstants === undefined) return ''
  return `, ${JSON.stringify({ builtins, importedStringConstants })}`
}

function bindings({ file, compiled }: Context, instance: (imports: string) => string): string {
  const { imports, exports } = compiled
  const runtime = integrationRuntime(compiled)
  const helpers = runtime.length === 0 ? '' : `import { ${runtime.join(', ')} } from ${live()};\n`
  return `${helpers}${importDeclarations(imports, (module) =>
    specifierFrom(file, module),
  )}${exportDeclarations(exports, `${instance(importObject(imports))}.exports`)}`
}

/** The wrapper is elsewhere than the `.wasm`, and what is beside the latter is meant. */
function specifierFrom(file: string, module: string): string {
  const path = /^\.\.?\//.test(module) ? posix(join(dirname(file), module)) : module
  return path.endsWith('.wasm') ? specifierFor(path, 'namespace') : path
}

const stub = ({ stubText }: CompiledFile): string => `Uint8Array.from(atob(${quote(stubText)}), (c) => c.charCodeAt(0))`
