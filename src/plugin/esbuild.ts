// The plugin in esbuild, which has assets as a loader, resolves for plugins, and hands files over in their own languages.

import { readFile } from 'node:fs/promises'
import { dirname, extname } from 'node:path'
import type { Framework } from './assets.ts'
import { parserFor, rewriteGlue } from './glue.ts'
import { assetFile, parseRequest } from './requests.ts'
import type { Session } from './session.ts'

interface ResolveArguments {
  readonly path: string
  readonly importer: string
  readonly resolveDir: string
  readonly kind: string
  readonly pluginData?: unknown
}

/** Of esbuild's `PluginBuild` what is used here. */
interface Build {
  readonly initialOptions: {
    readonly format?: string
    readonly loader?: Readonly<Record<string, string>>
    readonly bundle?: boolean
  }
  readonly esbuild: {
    transform(
      text: string,
      options: { loader: string; jsx: 'preserve'; sourcefile: string; sourcemap: 'inline' },
    ): Promise<{ code: string }>
  }
  resolve(
    path: string,
    options: Omit<ResolveArguments, 'path'>,
  ): Promise<{ path: string; external: boolean; errors: unknown[] }>
  onResolve(options: { filter: RegExp }, callback: (args: ResolveArguments) => Promise<unknown> | unknown): void
  onLoad(
    options: { filter: RegExp; namespace?: string },
    callback: (args: { path: string }) => Promise<unknown> | unknown,
  ): void
}

/** Of specifiers that are being resolved for this plugin. */
const RESOLVING = { nowasm: 'resolving' }

const ASSETS = 'nowasm-asset'

const LOADERS: Readonly<Record<string, string>> = { ts: 'ts', mts: 'ts', cts: 'ts', tsx: 'tsx', jsx: 'jsx' }

export const esbuildSetup =
  (session: Session) =>
  (build: Build): void => {
    const framework: Framework = build.initialOptions.format === 'esm' ? 'esbuild' : 'esbuild script'
    build.onResolve({ filter: /\.wasm(\?|$)/ }, async ({ path, ...from }) => {
      const asset = assetFile(path)
      if (asset !== undefined) return { path: asset, namespace: ASSETS }
      const request = parseRequest(path)
      if (request === undefined || from.pluginData === RESOLVING || from.kind === 'entry-point') return undefined
      const { importer, resolveDir, kind } = from
      const found = await build.resolve(request.path, { importer, resolveDir, kind, pluginData: RESOLVING })
      if (found.errors.length > 0) return { errors: found.errors }
      if (found.external || !session.includes(found.path)) return undefined
      return { path: await session.wrapper(found.path, request.kind, framework), watchFiles: [found.path] }
    })
    build.onLoad({ filter: /.*/, namespace: ASSETS }, async ({ path }) => ({
      contents: await readFile(path),
      loader: 'file',
    }))
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => rewritten(build, path))
  }

/** What esbuild is to load in place of a file that mentions a `.wasm`; undefined for every other. */
async function rewritten(build: Build, path: string): Promise<object | undefined> {
  const text = await readFile(path, 'utf8')
  if (!/\.wasm\b/.test(text)) return undefined
  const loader = build.initialOptions.loader?.[extname(path)] ?? LOADERS[extname(path).slice(1)] ?? 'js'
  const code = loader === 'js' ? text : await toJavaScript(build, text, loader, path)
  const glue = rewriteGlue(code, path, parserFor('esbuild', undefined, path))
  if (glue === undefined) return undefined
  const map = `\n//# sourceMappingURL=${glue.map.toUrl()}`
  return { contents: glue.code + map, loader: loader === 'js' ? 'js' : 'jsx', resolveDir: dirname(path) }
}

const toJavaScript = async (build: Build, text: string, loader: string, path: string): Promise<string> =>
  loader === 'jsx'
    ? text
    : (await build.esbuild.transform(text, { loader, jsx: 'preserve', sourcefile: path, sourcemap: 'inline' })).code
