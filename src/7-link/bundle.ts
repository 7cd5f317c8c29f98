// The runtime's compiled files -> the table of declarations that outputs draw from. Runs when nowasm is built.

import { type AnyNode, type Comment, type Node, parse } from 'acorn'
import MagicString from 'magic-string'
import { toEs5 } from './es5.ts'
import { toEs2020 } from './es2020.ts'
import { freeNames } from './scope.ts'

/** A top-level declaration of the runtime. */
export interface Declaration {
  readonly name: string
  /** ES2015 text, without `export` and comments. */
  readonly text: string
  /** ES5 text, where it differs. */
  readonly es5?: string
  /** Declarations this one refers to. */
  readonly uses: readonly string[]
  /** The same for engines of ES2020, where that is shorter. */
  readonly es2020?: { readonly text: string; readonly uses: readonly string[] }
}

interface Parsed extends Declaration {
  readonly kind: 'function' | 'class' | 'const'
  /** What must be initialised before this declaration runs. */
  readonly early: readonly string[]
}

/** Names the runtime may take from the engine. It checks itself for those that old engines lack. */
const GLOBALS = new Set(
  (
    'Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Error Float32Array ' +
    'Float64Array Function Infinity Int16Array Int32Array Int8Array JSON Map Math MessageChannel NaN ' +
    'Number Object RangeError Reflect Set SharedArrayBuffer String Symbol SyntaxError TypeError ' +
    'Proxy Uint16Array Uint32Array Uint8Array WeakMap WeakRef WebAssembly Buffer atob globalThis global self window ' +
    'structuredClone undefined isNaN isFinite eval parseInt parseFloat arguments Promise'
  ).split(' '),
)

/**
 * The declarations of all files, in an order in which every subset of them, closed under `uses`, loads correctly.
 * `files`: text of each compiled file by name. Throws on what the runtime's rules forbid.
 */
export function bundle(files: ReadonlyMap<string, string>): Declaration[] {
  const declarations: Parsed[] = []
  for (const file of [...files.keys()].sort()) declarations.push(...parseFile(file, files.get(file) ?? ''))
  const byName = new Map<string, Parsed>()
  for (const declaration of declarations) {
    if (byName.has(declaration.name)) throw new Error(`runtime: \`${declaration.name}\` is declared twice`)
    byName.set(declaration.name, declaration)
  }
  return loadOrder(declarations.map((declaration) => resolveUses(declaration, byName)))
}

function parseFile(file: string, source: string): Parsed[] {
  const comments: Comment[] = []
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module', onComment: comments })
  const edited = new MagicString(source)
  for (const { start, end } of comments) edited.remove(start, end)
  const found: Parsed[] = []
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration') {
      checkImport(file, statement)
    } else if (!isEmptyExport(statement)) {
      found.push(parseDeclaration(file, edited, statement as AnyNode))
    }
  }
  return found
}

function checkImport(file: string, node: AnyNode & { type: 'ImportDeclaration' }): void {
  for (const specifier of node.specifiers) {
    const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : undefined
    if (imported?.type !== 'Identifier' || imported.name !== specifier.local.name) {
      throw new Error(`${file}: imports must be named and keep their names`)
    }
  }
  if (!String(node.source.value).startsWith('./')) throw new Error(`${file}: imports ${node.source.raw}`)
}

const isEmptyExport = (node: Node & { declaration?: unknown; specifiers?: unknown[] }): boolean =>
  node.type === 'ExportNamedDeclaration' && !node.declaration && node.specifiers?.length === 0

function parseDeclaration(file: string, source: MagicString, statement: AnyNode): Parsed {
  const exported = statement.type === 'ExportNamedDeclaration' ? statement.declaration : undefined
  const node = (exported ?? statement) as AnyNode
  const text = tidy(source.slice(node.start, node.end))
  const uses = freeNames(node)
  if (node.type === 'FunctionDeclaration' && node.id) {
    return { kind: 'function', ...finish(node.id.name, text, uses), early: [] }
  }
  if (node.type === 'ClassDeclaration' && node.id) {
    const early = node.superClass ? freeNames(node.superClass) : []
    return { kind: 'class', ...finish(node.id.name, text, uses), early }
  }
  const id =
    node.type === 'VariableDeclaration' && node.kind === 'const' && node.declarations.length === 1
      ? node.declarations[0]?.id
      : undefined
  if (id?.type !== 'Identifier') throw new Error(`${file}: not a function, class or single const: ${text.slice(0, 60)}`)
  return { kind: 'const', ...finish(id.name, text, uses), early: uses }
}

const SCRIPT = { ecmaVersion: 2015, sourceType: 'script' } as const

function finish(name: string, text: string, uses: string[]): Declaration {
  try {
    parse(text, SCRIPT)
    const es5 = toEs5(text)
    const es2020 = toEs2020(text)
    return {
      name,
      text,
      ...(es5 === text ? {} : { es5 }),
      uses,
      ...(es2020 === text ? {} : { es2020: { text: es2020, uses: freeNames(parse(es2020, SCRIPT)) } }),
    }
  } catch (error) {
    throw new Error(`runtime: \`${name}\`: ${(error as Error).message}`)
  }
}

/** Drops what comments left behind, and indents by two. */
const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd().replace(/^(?: {4})+/, (indent) => indent.slice(indent.length / 2)))
    .filter((line) => line !== '')
    .join('\n')

function resolveUses(declaration: Parsed, byName: ReadonlyMap<string, Parsed>): Parsed {
  for (const name of declaration.uses) {
    if (!byName.has(name) && !GLOBALS.has(name)) {
      throw new Error(`runtime: \`${declaration.name}\` uses \`${name}\`, which is neither declared nor a known global`)
    }
  }
  const own = (names: readonly string[]): string[] => names.filter((name) => byName.has(name))
  const { es2020 } = declaration
  return {
    ...declaration,
    uses: own(declaration.uses),
    early: own(declaration.early),
    ...(es2020 && { es2020: { text: es2020.text, uses: own(es2020.uses) } }),
  }
}

/**
 * Functions are hoisted, but a constant's initialiser may call them, so everything a constant can reach stands before
 * it. A class needs only what it extends before it, and what its methods use before somebody runs them.
 */
function loadOrder(declarations: readonly Parsed[]): Declaration[] {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]))
  const seen = new Set<string>()
  const ordered: Declaration[] = []
  const visit = (name: string): void => {
    const declaration = byName.get(name)
    if (!declaration || seen.has(name)) return
    seen.add(name)
    const { kind, early, ...plain } = declaration
    for (const used of kind === 'class' ? early : plain.uses) visit(used)
    ordered.push(plain)
    for (const used of plain.uses) visit(used)
  }
  for (const { name } of declarations) visit(name)
  return ordered
}
