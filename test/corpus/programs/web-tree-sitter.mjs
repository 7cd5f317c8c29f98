// A parser runtime that links grammars at run time: each is a module with imported memory and table.
import { digest, packageFile } from '../inputs.mjs'

export async function run() {
  const { Parser, Language, Query } = await import('web-tree-sitter')
  await Parser.init()
  const parser = new Parser()
  const results = {}
  for (const [language, path] of Object.entries(SOURCES)) {
    const grammar = await Language.load(packageFile(`tree-sitter-${language}/tree-sitter-${language}.wasm`))
    parser.setLanguage(grammar)
    const source = path.endsWith('.js') ? packageFile(path).toString() : path
    const tree = parser.parse(source)
    const names = new Query(grammar, QUERIES[language]).captures(tree.rootNode).map(({ node }) => node.text)
    const sexp = tree.rootNode.toString()
    results[language] = {
      abi: grammar.abiVersion,
      nodes: tree.rootNode.descendantCount,
      sexp: digest(sexp),
      start: sexp.slice(0, 200),
      names: names.slice(0, 20),
      count: names.length,
      edited: edit(parser, tree, source),
    }
  }
  return results
}

const SOURCES = {
  javascript: 'web-tree-sitter/web-tree-sitter.js',
  json: '{"a": [1, 2.5e3, "x\\n", {"b": null}], "c": true, }',
  css: '@media (min-width: 3em) { .a > b::before { color: #fff; width: calc(1px + 2%) } }\n@import url("x");',
}
const QUERIES = {
  javascript: '(function_declaration name: (identifier) @name)',
  json: '(pair key: (string) @key)',
  css: '(declaration (property_name) @name)',
}

/** Parses again after two characters were inserted at the start. */
function edit(parser, tree, source) {
  const start = { row: 0, column: 0 }
  tree.edit({
    startIndex: 0,
    oldEndIndex: 0,
    newEndIndex: 2,
    startPosition: start,
    oldEndPosition: start,
    newEndPosition: { row: 0, column: 2 },
  })
  const next = parser.parse(`; ${source}`, tree)
  return [next.rootNode.descendantCount, tree.getChangedRanges(next).length, next.rootNode.hasError]
}
