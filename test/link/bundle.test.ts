import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { bundle } from '../../src/7-link/bundle.ts'
import { shake } from '../../src/7-link/shake.ts'

const table = (files: Record<string, string>) => bundle(new Map(Object.entries(files)))
const names = (files: Record<string, string>) => table(files).map((declaration) => declaration.name)

describe('the runtime as a table', () => {
  test('a declaration has its text without export and comments, and what it uses', () => {
    const [a, b] = table({
      'a.js': '/** Doc. */\nexport const a = 1; // why\n',
      'b.js':
        'import { a } from "./a.js";\nexport function b(x) {\n    // inside\n    return a + x + b(1);\n}\nexport {};',
    })
    expect(a).toEqual({ name: 'a', text: 'const a = 1;', es5: 'var a = 1;', uses: [] })
    expect(b).toEqual({ name: 'b', text: 'function b(x) {\n  return a + x + b(1);\n}', uses: ['a'] })
  })

  test('local names, properties and labels are not uses', () => {
    const [, f] = table({
      'a.js': 'const x = 1',
      'f.js': `function f(p) {
        x: for (let i = 0; i < p.x; i++) { if (i) continue x; }
        const o = { x: 2 };
        try { return o.x } catch (x) { return x }
      }`,
    })
    expect(f.uses).toEqual([])
  })

  test('a name declared in one block is free outside of it', () => {
    expect(() => table({ 'f.js': 'function f() { { let y = 1; f(y); } return y; }' })).toThrow('`y`')
  })

  test('constants follow what their initialisers reach, through functions and classes too', () => {
    const order = names({
      'a.js': 'const first = make(); function make() { return new Box(); }',
      'b.js': 'class Box { constructor() { this.size = size; } get twin() { return first; } }',
      'c.js': 'const size = 3',
    })
    expect(order.indexOf('first')).toBeGreaterThan(order.indexOf('size'))
    expect(order.indexOf('first')).toBeGreaterThan(order.indexOf('Box'))
  })

  test.each([
    ['a name twice', { 'a.js': 'const a = 1', 'b.js': 'function a() {}' }, 'declared twice'],
    ['an unknown name', { 'a.js': 'const a = () => quux()' }, '`quux`'],
    ['two declarators', { 'a.js': 'const a = 1, b = 2' }, 'single const'],
    ['a let', { 'a.js': 'let a = 1' }, 'single const'],
    ['a statement', { 'a.js': 'setup()' }, 'not a function, class or single const'],
    ['an import alias', { 'a.js': 'import { b as c } from "./b.js"' }, 'keep their names'],
    ['an outside import', { 'a.js': 'import { readFileSync } from "fs"' }, 'imports "fs"'],
    ['newer syntax', { 'a.js': 'const a = (x) => x ?? 1' }, '`a`'],
    ['for-of', { 'a.js': 'function a(x) { for (const y of x) y() }' }, '`a`'],
    ['destructuring', { 'a.js': 'function a(x) { const { y } = x; return y }' }, 'ObjectPattern'],
    ['this in an arrow', { 'a.js': 'const a = () => this' }, 'this'],
    ['a closure over a loop variable', { 'a.js': 'function a(f) { for (let i = 0; i < 3; i++) f(() => i) }' }, 'loop'],
    ['shadowing', { 'a.js': 'function a(x) { if (x) { let x = 2; return x } return x }' }, 'two meanings'],
  ])('refused: %s', (_, files, message) => {
    expect(() => table(files as Record<string, string>)).toThrow(message)
  })
})

describe('ES5', () => {
  const source = `class Cell {
    constructor(value) { this.value = value; }
    get double() { return this.value * 2; }
    set double(x) { this.value = x / 2; }
    add(x) { const sum = (a, b) => a + b; this.value = sum(this.value, x); return this; }
    delete() { return { value: this.value, f() { return 1; } }; }
    static of(value) { return new Cell(value); }
  }
  const total = (n) => { let all = 0; for (let i = 0; i < n; i++) { let seen; if (i) seen = i; all += seen || 0; } return all; };
  const kind = () => class Inner { tag() { return 'inner'; } };
  `.replaceAll('\n  ', '\n')
  const es5 = shake(table({ 'a.js': source }), ['Cell', 'total', 'kind'], 'es5')

  test('parses as ES5', () => {
    parse(es5, { ecmaVersion: 5 })
  })

  test('means the same', () => {
    const { Cell, total, kind } = new Function(`${es5}; return { Cell: Cell, total: total, kind: kind }`)()
    const cell = Cell.of(4)
    cell.double = 10
    expect(cell.add(2).value).toBe(7)
    expect(cell.double).toBe(14)
    expect(cell.delete().f()).toBe(1)
    expect(Cell.prototype.add.name).toBe('add')
    expect(Object.keys(Cell.prototype)).toEqual([])
    expect(() => Cell(1)).toThrow(TypeError)
    expect(total(4)).toBe(6)
    expect(new (kind())().tag()).toBe('inner')
  })
})

describe('shaking', () => {
  const small = table({ 'a.js': 'const a = 1; function b() { return a; } function c() { return b(); } const d = 2;' })

  test('keeps what is reachable, in an order that loads', () => {
    expect(shake(small, ['c'], 'es2015')).toBe(
      'const a = 1;\nfunction b() { return a; }\nfunction c() { return b(); }\n',
    )
    expect(shake(small, [], 'es2015')).toBe('')
  })

  test('a name the runtime lacks is an error', () => {
    expect(() => shake(small, ['nope'], 'es2015')).toThrow('`nope`')
  })
})
