// The plugin as unplugin takes it: one that resolves what asks for a `.wasm`, and one that makes glue ask for it.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, isAbsolute, resolve } from 'node:path'
import type { UnpluginOptions } from 'unplugin'
import type { Framework } from './assets.ts'
import { esbuildSetup } from './esbuild.ts'
import { parserFor, rewriteGlue } from './glue.ts'
import type { PluginOptions } from './options.ts'
import { withoutQuery } from './paths.ts'
import { assetFile, parseRequest } from './requests.ts'
import { Session } from './session.ts'

/** What bundlers of Rollup's kind offer to hooks, beyond what unplugin says of all. */
interface RollupContext {
  resolve?(
    specifier: string,
    importer: string,
    options: { skipSelf: boolean },
  ): Promise<{ id: string; external?: boolean | string } | null>
}

interface RollupEmitter {
  emitFile(file: { type: 'asset'; name: string; source: Uint8Array }): string
}

/** What Vite hands over when a file changes. */
interface HotUpdate {
  readonly file: string
  readonly server: {
    readonly moduleGraph: { invalidateAll(): void }
    readonly ws: { send(message: { type: 'full-reload' }): void }
  }
}

/** Throws OptionsError. */
export function hooksFor(options: PluginOptions, framework: string): UnpluginOptions[] {
  const session = new Session(options)
  const buildEnd = (): void => session.report()
  if (framework === 'esbuild') return [{ name: 'nowasm', buildEnd, esbuild: { setup: esbuildSetup(session) } }]
  const own = framework as Framework
  const isRollup = own === 'rollup' || own === 'rolldown'
  const resolving: UnpluginOptions = {
    name: 'nowasm',
    // Before Vite's own plugins, which know of `?init` and `?url`.
    enforce: 'pre',
    async resolveId(specifier, importer) {
      if (importer === undefined) return undefined
      if (isRollup && assetFile(specifier) !== undefined) return specifier
      const from = withoutQuery(importer)
      if (/\.wasm$/.test(specifier) && session.isWrapper(from)) return undefined
      const request = parseRequest(specifier)
      const file = request && (await locate(this as RollupContext, request.path, from))
      if (request === undefined || file === undefined || !session.includes(file)) return undefined
      this.addWatchFile(file)
      return session.wrapper(file, request.kind, own)
    },
    buildEnd,
    vite: { handleHotUpdate: (update: HotUpdate) => reload(session, update) } as object,
  }
  return [isRollup ? { ...resolving, ...EMITTING } : resolving, rewriting(own)]
}

/** For bundlers that know assets only by what plugins emit. */
const EMITTING: Pick<UnpluginOptions, 'load'> = {
  load: {
    filter: { id: /\.wasm\?nowasm=asset$/ },
    async handler(id) {
      const file = assetFile(id)!
      const { emitFile } = this as unknown as RollupEmitter
      const reference = emitFile.call(this, { type: 'asset', name: basename(file), source: await readFile(file) })
      return `export default import.meta.ROLLUP_FILE_URL_${reference};`
    },
  },
}

function rewriting(framework: Framework): UnpluginOptions {
  const isWebpack = framework === 'webpack' || framework === 'rspack'
  return {
    name: 'nowasm:glue',
    // Behind the loaders and plugins that make JavaScript of other languages.
    ...(isWebpack ? { enforce: 'post' as const } : {}),
    transform: {
      filter: { code: /\.wasm\b/ },
      handler(code, id) {
        return rewriteGlue(
          code,
          withoutQuery(id),
          parserFor(framework, (text, how) => this.parse(text, how), id),
        )
      },
    },
  }
}

/** The file that a specifier means, if it is there. */
async function locate(context: RollupContext, path: string, importer: string): Promise<string | undefined> {
  if (context.resolve !== undefined) {
    const found = await context.resolve(path, importer, { skipSelf: true })
    return found === null || found.external ? undefined : existing(withoutQuery(found.id))
  }
  if (isAbsolute(path) || /^\.\.?\//.test(path)) return existing(resolve(dirname(importer), path))
  try {
    return createRequire(importer).resolve(path)
  } catch {
    return undefined
  }
}

const existing = (file: string): string | undefined => (isAbsolute(file) && existsSync(file) ? file : undefined)

/** A changed `.wasm` is another module in the cache: who imports it has to ask again. */
function reload(session: Session, { file, server }: HotUpdate): [] | undefined {
  if (!session.hasSeen(file)) return undefined
  server.moduleGraph.invalidateAll()
  server.ws.send({ type: 'full-reload' })
  return []
}
