import { parse } from 'acorn'
import { describe, expect, it } from 'vitest'
import { declarations } from '#runtime'
import { compact } from '../../src/7-link/compact.ts'

describe('compact', () => {
  it.each([
    ['function f(a, b) {\n  return a + +b - -a;\n}', 'function f(a,b){return a+ +b- -a;}'],
    ['const a = typeof b in c, d = /x y/ / 2;', 'const a=typeof b in c,d=/x y/ /2;'],
    ['if (a) b; else if (c) d;', 'if(a)b;else if(c)d;'],
    [`x = \`a $\{ b + 1 } c\`;`, `x=\`a $\{b+1} c\`;`],
    ['class A extends B {\n  get x() { return 1; }\n}', 'class A extends B{get x(){return 1;}}'],
    ['$a = "  " + y++ + z;', '$a="  "+y++ +z;'],
  ])('%s', (text, short) => {
    expect(compact(text)).toBe(short)
    expect(strip(parse(short, { ecmaVersion: 2015 }))).toEqual(strip(parse(text, { ecmaVersion: 2015 })))
  })

  it('leaves nothing to take from the runtime', () => {
    for (const { text, es5 = text } of declarations) {
      expect(compact(text)).toBe(text)
      expect(compact(es5)).toBe(es5)
    }
  })
})

/** A tree without positions. */
const strip = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value) => (key === 'start' || key === 'end' || key === 'raw' ? undefined : value)),
  )
