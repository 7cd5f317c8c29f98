// Views of a memory. Programs are full of accesses, so these have short names: those of the engine's own functions, which
// compilers in engines know by themselves and not by their names.

/** A DataView that has `i` for `getInt32`, `I` for `setInt32`, and so on: see `view_class_new`. */
export type MemoryView = DataView

/**
 * A view of a whole memory.
 * @param less how many bytes it ends early
 */
export function view_new(bytes: Uint8Array, less: number): MemoryView {
  return Reflect.construct(DataView, [bytes.buffer, 0, Math.max(bytes.length - less, 0)], view_class)
}

const view_class: () => void = view_class_new()

/** Not a `class`, which the runtime cannot extend. Nothing is added to the prototype that all share. */
function view_class_new(): () => void {
  const made = function () {}
  const prototype = Object.create(DataView.prototype)
  const names = ['aInt8', 'bUint8', 'gInt16', 'hUint16', 'iInt32', 'fFloat32', 'dFloat64']
  for (let i = 0; i < names.length; i++) {
    const letter = names[i].charAt(0)
    prototype[letter] = prototype['get' + names[i].slice(1)]
    prototype[letter.toUpperCase()] = prototype['set' + names[i].slice(1)]
  }
  made.prototype = prototype
  return made
}
