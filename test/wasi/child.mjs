// Runs one WASI command in a process of its own: node child.mjs node|nowasm native|compiled FILE FOLDER
// `node`: with node:wasi. `compiled`: as an output of nowasm, not on the native engine.
import { readFileSync } from 'node:fs'

const [host, engine, file, folder] = process.argv.slice(2)
const { WASI } = host === 'node' ? await import('node:wasi') : await import('../../dist/wasi.js')
const wasi = new WASI({
  version: 'preview1',
  args: ['program', 'one', 'zwö', ''],
  env: { A: 'b=c', EMPTY: '' },
  preopens: { '/': folder },
})
process.exitCode = wasi.start(await instantiate(readFileSync(file), wasi.getImportObject()))

async function instantiate(bytes, imports) {
  if (engine === 'native') return (await WebAssembly.instantiate(bytes, imports)).instance
  const { compile } = await import('../../dist/index.js')
  const { code } = compile(bytes, { format: 'iife', name: 'output' })
  return new Function(`${code}\nreturn output`)().instantiate(imports)
}
