// esbuild, a Go program of 14 MB, in process: minifies and lowers a large package.
import { createRequire } from 'node:module'
import { digest, packageFile } from '../../corpus/inputs.mjs'

const require = createRequire(import.meta.url)

export async function start(WebAssembly) {
  globalThis.self = globalThis // the package's file for browsers, which runs the Go program in process
  const esbuild = require('esbuild-wasm/lib/browser.js')
  const wasmModule = await WebAssembly.compile(packageFile('esbuild-wasm/esbuild.wasm'))
  await esbuild.initialize({ wasmModule, worker: false })
  const source = packageFile('web-tree-sitter/web-tree-sitter.js').toString()
  return async () => {
    const results = []
    for (const target of ['es2015', 'es2020']) {
      const { code } = await esbuild.transform(source, { minify: true, format: 'cjs', target, sourcemap: true })
      results.push(digest(code))
    }
    return results.join()
  }
}
