// docs/ARCHITECTURE.md follows one instruction from bytes to output: what it shows is what happens.

import { describe, expect, it } from 'vitest'
import wabt from 'wabt'
import { compile } from '../../src/index.ts'
import { textOf } from './tree.ts'

const page = textOf('docs/ARCHITECTURE.md')
const { parseWat } = await wabt()

const assemble = (wat: string): Uint8Array => parseWat('add.wat', wat).toBinary({ write_debug_names: true }).buffer

/** The text of the page's first fenced block of a language that contains `part`. */
function shown(language: string, part: string): string {
  const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  return blocks.find(([, name, text]) => name === language && text!.includes(part))![2]!
}

describe('the life of i32.add', () => {
  const wat = shown('wat', 'i32.add')

  it('begins as the row and the bytes that are shown', () => {
    expect(textOf('src/0-wasm/ops/numeric.ts')).toContain(shown('ts', "'i32.add': [").trim())
    const body = /body's bytes are `([\da-f ]+)`/.exec(page)![1]!.replaceAll(' ', '')
    expect(Buffer.from(assemble(wat)).toString('hex')).toContain(body)
  })

  it('is refused with the message that is shown', () => {
    const wrong = wat.replace('(param $y i32)', '(param $y f64)')
    expect(wrong).not.toBe(wat)
    expect(() => compile(assemble(wrong))).toThrow(shown('', 'type mismatch').trim())
  })

  it('means what is shown, and ends as the output that is shown', () => {
    expect(textOf('src/6-emit/meanings.ts')).toContain(shown('ts', 'sum(').trim())
    const { code } = compile(assemble(wat), { names: true })
    expect(code.endsWith(shown('js', 'function instantiate'))).toBe(true)
  })
})
