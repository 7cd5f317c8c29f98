// A build of the app with each bundler, as its documentation says.
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const input = `${folder}app/main.js`

/** @param {object} options of the plugin @param {string} out the folder to write to, where main.js begins */
export const bundlers = {
  async vite(plugin, options, out) {
    const { build } = await import('vite')
    await build({
      root: `${folder}app`,
      configFile: false,
      logLevel: 'warn',
      base: './',
      plugins: [plugin.vite(options)],
      build: {
        outDir: out,
        emptyOutDir: true,
        modulePreload: false,
        rollupOptions: { input, output: { entryFileNames: 'main.js' } },
      },
    })
  },
  async webpack(plugin, options, out) {
    const { default: webpack } = await import('webpack')
    await compiled(webpack, plugin.webpack(options), out)
  },
  async rspack(plugin, options, out) {
    const { rspack } = await import('@rspack/core')
    await compiled(rspack, plugin.rspack(options), out)
  },
  async esbuild(plugin, options, out) {
    const { build } = await import('esbuild')
    await build({
      entryPoints: [input],
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      outdir: out,
      logLevel: 'warning',
      plugins: [plugin.esbuild(options)],
    })
  },
  async rollup(plugin, options, out) {
    const { rollup } = await import('rollup')
    const bundle = await rollup({ input, plugins: [plugin.rollup(options), packages()] })
    await bundle.write({ dir: out, format: 'es' })
  },
  async rolldown(plugin, options, out) {
    const { rolldown } = await import('rolldown')
    const bundle = await rolldown({ input, platform: 'browser', plugins: [plugin.rolldown(options)] })
    await bundle.write({ dir: out, format: 'es', minify: true })
  },
}

function compiled(make, plugin, out) {
  const compiler = make({
    mode: 'production',
    context: folder,
    entry: input,
    target: ['web', 'es2022'],
    experiments: { outputModule: true },
    output: { path: out, filename: 'main.js', module: true, clean: true, publicPath: 'auto' },
    performance: false,
    plugins: [plugin],
  })
  return new Promise((done, fail) => {
    compiler.run((error, stats) => {
      if (error) fail(error)
      else if (stats.hasErrors()) fail(new Error(stats.toString({ all: false, errors: true })))
      else compiler.close((failure) => (failure ? fail(failure) : done()))
    })
  })
}

/** Rollup finds packages by a plugin only. */
const packages = () => ({
  name: 'packages',
  resolveId(specifier) {
    return {
      'brotli-wasm': `${folder}node_modules/brotli-wasm/index.web.js`,
      'tiktoken/lite': `${folder}node_modules/tiktoken/lite/tiktoken.js`,
    }[specifier]
  },
})
