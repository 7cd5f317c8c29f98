import { expect, test } from 'vitest'
import { compact } from '../../src/7-link/compact.ts'
import { toEs2020 } from '../../src/7-link/es2020.ts'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const answered = (text: string): string => compact(toEs2020(text))

test('stand-ins for what ES2020 has disappear', () => {
  expect(answered('const imul = Math.imul || imul_es5;')).toBe('const imul=Math.imul;')
  expect(answered("const map = typeof WeakMap === 'function' ? new WeakMap() : null;")).toBe('const map=new WeakMap();')
})

test('what stands behind a return that is always reached is dropped', () => {
  const before = 'function f(x) { if (realm.hidden !== null) return a(x); const y = b(x); return y; }'
  expect(answered(before)).toBe('function f(x){return a(x);}')
})

test('a condition of several parts is answered if all are known', () => {
  const both = "function f() { if (typeof Symbol === 'function' && Symbol.toStringTag) a(); b(); }"
  expect(answered(both)).toBe('function f(){a();b();}')
  const one = "function f(x) { if (x && typeof Symbol === 'function') a(); b(); }"
  expect(answered(one)).toBe(compact(one))
})

test('what may be missing in ES2020 is still asked for', () => {
  const text = "function f(old) { if (typeof old.transfer === 'function') return old.transfer(1); return g(old); }"
  expect(answered(text)).toBe(compact(text))
})

test('outputs carry stand-ins only for older targets', () => {
  const bytes = wat('(module (func (export "f") (param f32) (result f32) local.get 0))')
  const carries = (target: 'es5' | 'es2015' | 'es2020' | 'esnext'): boolean =>
    compile(bytes, { format: 'cjs', target }).code.includes('fround_es5')
  expect(carries('es5')).toBe(true)
  expect(carries('es2015')).toBe(true)
  expect(carries('es2020')).toBe(false)
  expect(carries('esnext')).toBe(false)
})
