// A parser runtime and two grammars that it links at run time; parses, walks, queries.
import { digest, packageFile } from '../../corpus/inputs.mjs'

export async function start() {
  const { Parser, Language, Query } = await import('web-tree-sitter')
  await Parser.init()
  const parser = new Parser()
  const grammar = await Language.load(packageFile('tree-sitter-javascript/tree-sitter-javascript.wasm'))
  const query = new Query(grammar, '(function_declaration name: (identifier) @name) (call_expression) @call')
  const source = packageFile('web-tree-sitter/web-tree-sitter.js').toString()
  return () => {
    parser.setLanguage(grammar)
    const parts = []
    for (let i = 0; i < 4; i++) {
      const tree = parser.parse(`${' '.repeat(i)}${source}`)
      parts.push(tree.rootNode.descendantCount, query.captures(tree.rootNode).length, digest(tree.rootNode.toString()))
      tree.delete()
    }
    return parts.join()
  }
}
