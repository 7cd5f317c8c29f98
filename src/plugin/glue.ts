// Glue code as people write it and generators make it, in terms that every bundler knows. What is left are imports of a `.wasm` with a
// query that says what is wanted (requests.ts).
//
//   import load from './x.wasm'                import load from './x.wasm?nowasm=default'
//   import load, { run } from './x.wasm'       import { run } from './x.wasm'; import load from './x.wasm?nowasm=default'
//   import source m from './x.wasm'            import m from './x.wasm?nowasm=source'
//   import.source('./x.wasm')                  import('./x.wasm?nowasm=source').then((m) => m.default)
//   fetch(new URL('x.wasm', import.meta.url))  fetch(new URL(nowasm_url0))
//                                              import nowasm_url0 from './x.wasm?url'

import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse as acorn } from 'acorn'
import MagicString, { type SourceMap } from 'magic-string'
import type { Framework } from './assets.ts'
import { specifierFor } from './requests.ts'

/** A node of the syntax tree, of whatever parser. */
interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

type Parse = (code: string) => SyntaxNode

/** The bundler's own parser where it has one, else acorn. */
export function parserFor(
  framework: Framework,
  own: ((code: string, options?: object) => unknown) | undefined,
  id: string,
): Parse {
  const extension = /\.[cm]?([jt]sx?)(?:\?|$)/.exec(id)?.[1] ?? 'js'
  switch (framework) {
    case 'vite':
    case 'rollup':
      return (code) => own!(code) as SyntaxNode
    case 'rolldown':
      // It hands over TypeScript as it is.
      return (code) => own!(code, { lang: extension }) as SyntaxNode
    default:
      return (code) =>
        acorn(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }) as unknown as SyntaxNode
  }
}

/** @returns undefined if nothing is to be rewritten, or the text cannot be parsed: the bundler says what is wrong with it */
export function rewriteGlue(code: string, file: string, parse: Parse): { code: string; map: SourceMap } | undefined {
  const { text, phases } = withoutPhases(code)
  let tree: SyntaxNode
  try {
    tree = parse(text)
  } catch {
    return undefined
  }
  const rewriter = new Rewriter(code, file, phases)
  walk(tree, (node) => rewriter.visit(node))
  return rewriter.result()
}

interface Masked {
  readonly text: string
  /** Where imports of the source phase begin, and where the word is that says so. */
  readonly phases: ReadonlyMap<number, readonly [start: number, end: number]>
}

/**
 * Parsers do not know `import source` yet: they are given the text with blanks for these words. If one stands in a string or a
 * comment, no import begins there, and the string itself is not changed.
 */
function withoutPhases(code: string): Masked {
  const phases = new Map<number, readonly [number, number]>()
  const text = code.replace(
    /\bimport(?:(\s+)source(?=\s+[\w$]+\s+from\s*["'])|(\s*)\.\s*source(?=\s*\())/g,
    (found, space: string | undefined, before: string | undefined, at: number) => {
      const start = at + 'import'.length + (space ?? before ?? '').length
      phases.set(at, [start, at + found.length])
      return `import${' '.repeat(found.length - 'import'.length)}`
    },
  )
  return { text, phases }
}

class Rewriter {
  readonly #text: MagicString
  readonly #file: string
  readonly #phases: Masked['phases']
  /** Variables of the addresses that the text asks for, by specifier. */
  readonly #urls = new Map<string, string>()
  /** Imports to be added. */
  readonly #imports: [variable: string, specifier: string][] = []

  constructor(code: string, file: string, phases: Masked['phases']) {
    this.#text = new MagicString(code)
    this.#file = file
    this.#phases = phases
  }

  visit(node: SyntaxNode): void {
    if (node.type === 'ImportDeclaration') this.#declaration(node)
    else if (node.type === 'ImportExpression') this.#expression(node)
    else if (node.type === 'NewExpression') this.#address(node)
  }

  #declaration(node: SyntaxNode): void {
    const source = node['source'] as SyntaxNode
    const path = stringOf(source)
    if (path === undefined || !path.endsWith('.wasm')) return
    const phase = this.#phases.get(node.start)
    if (phase) this.#text.remove(...phase)
    const [first, second] = node['specifiers'] as SyntaxNode[]
    if (first?.type !== 'ImportDefaultSpecifier') return
    if (second === undefined) this.#ask(source, specifierFor(path, phase ? 'source' : 'default'))
    else this.#split(first, path)
  }

  /** `import load, { run } from './x.wasm'` are two imports. */
  #split(first: SyntaxNode, path: string): void {
    const rest = first.end + this.#text.original.slice(first.end).search(/[{*]/)
    this.#imports.push([(first['local'] as SyntaxNode)['name'] as string, specifierFor(path, 'default')])
    this.#text.remove(first.start, rest)
  }

  #expression(node: SyntaxNode): void {
    const source = node['source'] as SyntaxNode
    const path = stringOf(source)
    const phase = this.#phases.get(node.start)
    if (phase === undefined || path === undefined || !path.endsWith('.wasm')) return
    this.#text.remove(...phase)
    this.#ask(source, specifierFor(path, 'source'))
    this.#text.appendLeft(node.end, '.then((m) => m.default)')
  }

  /** Of files that are there: others are made later, or for other programs. */
  #address({ callee, arguments: given }: SyntaxNode): void {
    const [first, second] = given as SyntaxNode[]
    if ((callee as SyntaxNode)['name'] !== 'URL' || first === undefined || !isOwnUrl(second)) return
    const path = stringOf(first)
    if (path === undefined || !path.endsWith('.wasm') || /^[\\/]|^[a-z][a-z+.-]*:/i.test(path)) return
    if (!existsSync(resolve(dirname(this.#file), path))) return
    const specifier = specifierFor(path.startsWith('.') ? path : `./${path}`, 'url')
    const variable = this.#urls.get(specifier) ?? `nowasm_url${this.#urls.size}`
    if (!this.#urls.has(specifier)) this.#imports.push([variable, specifier])
    this.#urls.set(specifier, variable)
    // It is absolute; and webpack would look for files at build time if the base stayed there.
    this.#text.overwrite(first.start, second!.end, variable)
  }

  #ask(source: SyntaxNode, specifier: string): void {
    this.#text.overwrite(source.start, source.end, JSON.stringify(specifier))
  }

  result(): { code: string; map: SourceMap } | undefined {
    // Behind the text, whose first lines may be directives and stay where they are.
    for (const [variable, specifier] of this.#imports) {
      this.#text.append(`\nimport ${variable} from ${JSON.stringify(specifier)};`)
    }
    if (!this.#text.hasChanged()) return undefined
    return {
      code: this.#text.toString(),
      map: this.#text.generateMap({ source: this.#file, hires: true, includeContent: true }),
    }
  }
}

/** What a literal says, written as a string or as a template. */
function stringOf({ type, value, quasis, expressions }: SyntaxNode): string | undefined {
  if (type === 'Literal' || type === 'StringLiteral') return typeof value === 'string' ? value : undefined
  if (type !== 'TemplateLiteral' || (expressions as unknown[]).length > 0) return undefined
  return (quasis as { value: { cooked: string } }[])[0]!.value.cooked
}

/** `import.meta.url` */
function isOwnUrl(node: SyntaxNode | undefined): boolean {
  const { object, property } = (node ?? {}) as { object?: SyntaxNode; property?: SyntaxNode }
  return object?.type === 'MetaProperty' && property?.['name'] === 'url'
}

function walk(root: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  // Not by recursion: generated glue nests deep.
  const open: SyntaxNode[] = [root]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    visit(node)
    for (const child of Object.values(node).flat()) if (isNode(child)) open.push(child)
  }
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
