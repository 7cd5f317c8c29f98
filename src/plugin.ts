// `nowasm/plugin`: `.wasm` files in bundlers, compiled when a program is built.
//
//   import { vite as nowasm } from 'nowasm/plugin'
//   export default { plugins: [nowasm({ mode: 'fallback' })] }

import { createUnplugin } from 'unplugin'
import { hooksFor } from './plugin/hooks.ts'
import type { PluginOptions } from './plugin/options.ts'

export type { Mode, PluginOptions } from './plugin/options.ts'

/** A plugin of a bundler whose types need not be installed, since people have one of them. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the bundler's list of plugins takes
type Plugin = any

const made = createUnplugin((options: PluginOptions | undefined, { framework }) => hooksFor(options ?? {}, framework))

/** Each throws an OptionsError for options that cannot be. */
export const vite: (options?: PluginOptions) => Plugin = made.vite
export const rollup: (options?: PluginOptions) => Plugin = made.rollup
export const rolldown: (options?: PluginOptions) => Plugin = made.rolldown
export const webpack: (options?: PluginOptions) => Plugin = made.webpack
export const rspack: (options?: PluginOptions) => Plugin = made.rspack
export const esbuild: (options?: PluginOptions) => Plugin = made.esbuild
