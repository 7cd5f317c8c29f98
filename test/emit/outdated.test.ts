// Local views are read again where the memory may have grown and they are looked at.

import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

/** How often a function with this body reads its view again. $f may grow the memory if that is exported. */
function refreshes(body: string, memory = '(memory (export "m") 1)'): number {
  const { code } = compile(
    wat(`(module (import "m" "f" (func $f)) ${memory} (func (export "g") (param i32)
      (loop ${'(i32.store (local.get 0) (i32.const 1))'.repeat(9)} (br_if 0 (i32.load (local.get 0)))) ${body}))`),
  )
  const text = code.match(/function f1\(.*/)![0]
  const view = text.match(/(\w+)=D0/)![1]
  return [...text.matchAll(new RegExp(`\\b${view}=D0`, 'g'))].length - 1
}

const call = '(call $f)'
const look = '(i32.store (local.get 0) (i32.const 2))'

test.each([
  [call + look, 1],
  [call + call + look, 1],
  [call + look + call + look, 2],
  [call + look + call, 1],
  [`${call}(if (local.get 0) (then ${look}))`, 1],
  [`${call}(if (local.get 0) (then ${call} ${look}))`, 2],
  [`(block ${call} (br_if 0 (local.get 0)) ${call}) ${look}`, 2],
  [`${call}(local.set 0 (i32.const 5))(return)`, 0],
  [`(if (local.get 0) (then ${call} (unreachable)))`, 0],
])('%s', (body, times) => expect(refreshes(body)).toBe(times))

test('what cannot reach the memory does not grow it', () => expect(refreshes(call + look, '(memory 1)')).toBe(0))
