// Lexes large ES modules. The package also has an asm.js build of its own, which runs beside the others.
import { digest, packageFile } from '../../corpus/inputs.mjs'

export const rivals = ['asm.js']

export async function start(_WebAssembly, contestant) {
  const { init, parse } = await import(contestant === 'asm.js' ? 'es-module-lexer/js' : 'es-module-lexer')
  await init
  const sources = ['assemblyscript/dist/assemblyscript.js', 'web-tree-sitter/web-tree-sitter.js']
  const texts = sources.map((path) => packageFile(path).toString())
  return () => {
    const results = []
    for (let i = 0; i < 30; i++) for (const text of texts) results.push(parse(text))
    return digest(JSON.stringify(results.map(([imports, exports]) => [imports.length, exports])))
  }
}
