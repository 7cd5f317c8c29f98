// Branches become ifs and loops; what remains goes to the same places in the same order.

import { expect, test } from 'vitest'
import { structure } from '../../src/5-optimize/structure.ts'
import { legalBody, show } from '../lower/ir.ts'

const structured = (locals: string, body: string): string => show(structure(legalBody(locals, body)).body)

test('what a branch skips goes into an if', () => {
  const text = structured('(param i32)', '(block (br_if 0 (local.get 0)) (drop (call $f (i32.const 1))))')
  expect(text).not.toMatch(/block|br/)
  expect(text).toMatch(/if \(eqz\(l0\)\)[\s\S]*f0\(1\)/)
})

test('a branch around another way makes an if with else', () => {
  const text = structured(
    '(param i32)',
    `(block $end
       (block $other (br_if $other (local.get 0)) (drop (call $f (i32.const 1))) (br $end))
       (drop (call $f (i32.const 2))))`,
  )
  expect(text).not.toMatch(/block|br/)
  expect(text).toMatch(/if \(l0\)[\s\S]*f0\(2\)[\s\S]*else[\s\S]*f0\(1\)/)
})

test('a loop goes on by itself, and is left by a branch', () => {
  const func = legalBody(
    '(param i32)',
    `(loop $l (drop (call $f (i32.const 1)))
       (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))`,
  )
  const { body } = structure(func)
  const [block] = body
  expect(block).toMatchObject({ kind: 'block', body: [{ kind: 'loop', repeats: true }] })
  expect(show(body).match(/\bbr\b/g)).toHaveLength(1)
})

test('a case takes what only it leads to', () => {
  const text = structured(
    '(param i32)',
    `(block $c (block $b (block $a (br_table $a $b $c (local.get 0)))
         (drop (call $f (i32.const 1))) (br $c))
       (drop (call $f (i32.const 2))))`,
  )
  expect(text).not.toMatch(/block|br/)
  expect(text.indexOf('switch')).toBeLessThan(text.indexOf('f0(1)'))
})

test('a label that is branched to from inside an if stays', () => {
  const text = structured(
    '(param i32 i32)',
    `(block
       (if (local.get 0) (then (drop (call $f (i32.const 1))) (br_if 1 (local.get 1)) (drop (call $f (i32.const 2)))))
       (drop (call $f (i32.const 3))))`,
  )
  expect(text).toMatch(/block/)
  expect(text.match(/\bbr\b/g)).toHaveLength(1)
})

test('a function that is done already stays the same', () => {
  const func = legalBody('(param i32)', '(block (loop (br_if 1 (local.get 0)) (drop (call $f (i32.const 1))) (br 0)))')
  const once = structure(func)
  const text = show(once.body)
  expect(show(structure(once).body)).toBe(text)
})
