// Counts loop rounds and calls down, and traps when there were too many: a module that may not end becomes one that does.

import { constant, END, ins, opcode, open } from '../../binary/code.ts'
import { Editor } from './editor.ts'
import { readBody, writeBody } from './instructions.ts'

/** The exported global to set before a call, and to look at afterwards: 0 if it was all used. */
export const FUEL = 'fuel of the net'

/** What instantiation may take. */
const FOR_THE_START = 1_000_000n

/** Throws CompileError if the module is malformed. */
export function countFuel(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const editor = new Editor(bytes)
  const { module } = editor
  const fuel = editor.global('i32', constant('i32', FOR_THE_START))
  editor.export(FUEL, 'global', fuel)
  const get = ins('global.get', fuel)
  const empty = [...get, ...opcode('i32.eqz'), ...open('if', undefined), ...opcode('unreachable'), END]
  const burn = [...empty, ...get, ...constant('i32', 1n), ...opcode('i32.sub'), ...ins('global.set', fuel)]
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined) continue
    const { locals, code } = readBody(module, body.start, body.end)
    const counted = code.flatMap(({ name, bytes: piece }) => (name === 'loop' ? [piece, burn] : [piece]))
    editor.bodies[index] = writeBody(locals, [burn, ...counted])
  }
  return editor.build()
}
