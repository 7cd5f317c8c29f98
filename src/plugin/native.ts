// What the output of a bundler has with `mode: 'fallback'`: the engine's own WebAssembly where it is there and allowed, else a
// compiled module, which is loaded then.

type Imports = WebAssembly.Imports

interface CompiledModule {
  readonly instantiate: (imports?: Imports) => { readonly exports: WebAssembly.Exports }
}

/** loaders.ts, which puts its object in the place of the global one. */
interface Loaders {
  readonly WebAssembly: typeof WebAssembly
  readonly register: (module: unknown, url: string) => void
}

/** Options of the JavaScript API, which TypeScript's declarations lack. */
type Options = object

/** A module without anything. */
const EMPTY = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)

/** Policies without `wasm-unsafe-eval` refuse every module, this one too. What stands in for a WebAssembly object does not count. */
function isAllowed(): boolean {
  try {
    new WebAssembly.Module(EMPTY)
    return /\[native code\]/.test(String(WebAssembly.Module))
  } catch {
    return false
  }
}

/**
 * The engine's module of an address. Undefined if the engine compiles none, or not this one, for want of a feature. Rejects if it
 * cannot be loaded.
 */
async function nativeModule(url: string, options?: Options): Promise<WebAssembly.Module | undefined> {
  if (!isAllowed()) return undefined
  const compile = WebAssembly.compile as (bytes: BufferSource, options?: Options) => Promise<WebAssembly.Module>
  const stream = WebAssembly.compileStreaming as (from: Response, options?: Options) => Promise<WebAssembly.Module>
  try {
    if (url.startsWith('file:')) return await compile(readFile(url), options)
    const response = await fetch(url)
    if (!response.ok) throw new Error(`cannot load ${url}: ${response.status}`)
    // Servers that do not know the type are common.
    if (response.headers.get('content-type') === 'application/wasm') return await stream(response, options)
    return await compile(await response.arrayBuffer(), options)
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return undefined
    throw error
  }
}

/** Node, which fetches no files. */
function readFile(url: string): BufferSource {
  const { getBuiltinModule } = process
  return new Uint8Array(getBuiltinModule('node:fs').readFileSync(new URL(url)))
}

/** @param load gives the compiled module */
export async function instantiate(
  url: string,
  imports: Imports | undefined,
  load: () => Promise<CompiledModule>,
  options?: Options,
): Promise<{ readonly exports: WebAssembly.Exports }> {
  const module = await nativeModule(url, options)
  return module ? WebAssembly.instantiate(module, imports) : (await load()).instantiate(imports)
}

/**
 * A WebAssembly.Module; where it is none of the engine's, the global object WebAssembly is that of `nowasm/aot` from now on.
 *
 * @param stub bytes that stand for the module once it is loaded
 * @param load registers the compiled module
 */
export async function moduleOf(
  url: string,
  stub: () => Uint8Array<ArrayBuffer>,
  load: () => Promise<unknown>,
  loaders: () => Promise<Loaders>,
  options?: Options,
): Promise<WebAssembly.Module> {
  const module = await nativeModule(url, options)
  if (module) return module
  await load()
  return new (await loaders()).WebAssembly.Module(stub())
}

/** Has loaders find the module that they fetch from the address. */
export async function provide(
  url: string,
  load: () => Promise<{ readonly module: unknown }>,
  loaders: () => Promise<Loaders>,
): Promise<void> {
  if (isAllowed()) return
  const { module } = await load()
  const { register } = await loaders()
  register(module, url)
}
