// Oniguruma, the regular expressions of editor grammars: scanners of many patterns over source text.
import { createRequire } from 'node:module'
import { digest, packageFile } from '../inputs.mjs'

const require = createRequire(import.meta.url)

export async function run() {
  const { loadWASM, createOnigScanner, createOnigString } = require('vscode-oniguruma')
  await loadWASM(packageFile('vscode-oniguruma/release/onig.wasm'))
  const source = packageFile('web-tree-sitter/web-tree-sitter.js').toString()
  const scanner = createOnigScanner(PATTERNS)
  const matches = []
  for (const line of source.split('\n').slice(0, 2500)) matches.push(...scan(scanner, createOnigString(line)))
  return {
    count: matches.length,
    some: matches.slice(40, 60),
    all: digest(matches.join('\n')),
    error: errorOf(() => createOnigScanner(['(unclosed'])),
  }
}

function* scan(scanner, string) {
  let match = scanner.findNextMatchSync(string, 0)
  while (match) {
    yield `${match.index}: ${match.captureIndices.map(({ start, end }) => `${start}-${end}`)}`
    match = scanner.findNextMatchSync(string, match.captureIndices[0].end + 1)
  }
  string.dispose()
}

const PATTERNS = [
  '\\b(?:function|class|if|else|return|for|while|const|let|var|new|await|async|throw)\\b',
  '(?<quote>["\'`])(?:\\\\.|(?!\\k<quote>).)*\\k<quote>',
  '(?<![\\w.])(?:0x\\h+|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)(?!\\w)',
  '//.*$|/\\*.*?\\*/',
  '\\((?<inner>[^()]|\\(\\g<inner>*\\))*\\)',
  '(?i:tree|node|[[:upper:]]\\p{Alnum}+)(?=\\s*[=(.])',
]

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
