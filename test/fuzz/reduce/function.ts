// Reduces the body of one function.

import { Editor } from '../rewrite/editor.ts'
import { type Body, type Piece, readBody, statesOf, writeBody } from '../rewrite/instructions.ts'
import { type Edit, removals, replacements, simplifications } from './edits.ts'

/** Takes a module if it still fails. */
export type Attempt = (bytes: Uint8Array<ArrayBuffer>) => boolean

const KINDS = [removals, replacements, removals, simplifications]

/**
 * Makes a function smaller as long as the module is taken.
 *
 * @returns the module as it was taken last
 */
export function reduceFunction(
  bytes: Uint8Array<ArrayBuffer>,
  index: number,
  attempt: Attempt,
): Uint8Array<ArrayBuffer> {
  let best = bytes
  for (const kind of KINDS) {
    const { module } = new Editor(best)
    const { start, end } = module.funcs[index]!.body!
    const body = readBody(module, start, end)
    best = applyEdits(best, index, body, kind(body.code, statesOf(module, index)), attempt)
  }
  return best
}

function applyEdits(
  bytes: Uint8Array<ArrayBuffer>,
  index: number,
  { locals, code }: Body,
  edits: readonly Edit[],
  attempt: Attempt,
) {
  const editor = new Editor(bytes)
  let best = bytes
  let now = code
  let rest = edits
  for (let i = 0; i < rest.length; i++) {
    const edit = rest[i]!
    const changed: Piece[] = [...now.slice(0, edit.from), ...edit.code, ...now.slice(edit.to)]
    editor.bodies[index] = writeBody(
      locals,
      changed.map((piece) => piece.bytes),
    )
    const candidate = editor.build()
    if (!attempt(candidate)) continue
    best = candidate
    now = changed
    rest = rest.slice(i + 1).flatMap((each) => moved(each, edit))
    i = -1
  }
  return best
}

/** An edit as it is after another one; none if it was of what is gone. */
function moved(edit: Edit, done: Edit): Edit[] {
  const delta = done.code.length - (done.to - done.from)
  if (edit.from >= done.to) return [{ ...edit, from: edit.from + delta, to: edit.to + delta }]
  if (edit.to <= done.from) return [edit]
  const contains = edit.from <= done.from && edit.to >= done.to
  return contains && edit.derived !== true ? [{ ...edit, to: edit.to + delta }] : []
}
