// The texts of a module's functions, made one by one, which threads may share: what one has compiled no other compiles again.
//
// Where nobody shares them each is made when it is asked for. A store is two arrays in shared memory: texts one behind the other,
// and where each begins. A thread writes a text where no other writes, and its place last, so that whoever finds the place finds all
// of the text. Two threads that make the same text at once write it twice: it is the same, since compilation is a function of the
// module and the options.

import { charactersOf } from '../6-emit/characters.ts'

/** In shared memory. */
export interface TextStore {
  /** By function: the offset of its text plus 1, 0 while there is none, and its length; then where the next text goes. */
  readonly places: Int32Array
  /** Latin-1. */
  readonly characters: Uint8Array
}

/** How large a module is. */
export interface Size {
  readonly functions: number
  /** Of code. */
  readonly bytes: number
}

/** Characters that are kept for a byte of code; most modules need two to four. What is not touched takes no memory. */
const ROOM = 6
const MOST = 1 << 28

function newStore({ functions, bytes }: Size): TextStore {
  return {
    places: new Int32Array(new SharedArrayBuffer((2 * functions + 1) * 4)),
    characters: new Uint8Array(new SharedArrayBuffer(Math.min(bytes * ROOM + 65536, MOST))),
  }
}

/** Whether it is one, and nothing that came over a network or from a file, where no text may be taken for code. */
export const isStore = ({ places, characters }: Partial<TextStore>): boolean =>
  places instanceof Int32Array &&
  characters instanceof Uint8Array &&
  places.buffer instanceof SharedArrayBuffer &&
  characters.buffer instanceof SharedArrayBuffer

export class FunctionTexts {
  readonly #compile: (index: number) => string
  readonly #size: Size
  #store: TextStore | undefined
  /** Functions whose texts were made while there was no store. */
  readonly #made = new Set<number>()

  /**
   * @param compile what makes a text, and gives it again when it is asked again
   * @param store one that another thread has made
   */
  constructor(compile: (index: number) => string, size: Size, store?: TextStore) {
    this.#compile = compile
    this.#size = size
    this.#store = store
  }

  /** The text of a function, by index. */
  readonly text = (index: number): string => {
    const known = this.#store === undefined ? undefined : read(this.#store, index)
    if (known !== undefined) return known
    const text = this.#compile(index)
    if (this.#store === undefined) this.#made.add(index)
    else write(this.#store, index, text)
    return text
  }

  /** From now on, threads that have the store share all texts. */
  share(): TextStore {
    if (this.#store === undefined) {
      this.#store = newStore(this.#size)
      for (const index of this.#made) write(this.#store, index, this.#compile(index))
    }
    return this.#store
  }
}

function read({ places, characters }: TextStore, index: number): string | undefined {
  const start = Atomics.load(places, 2 * index) - 1
  if (start < 0) return undefined
  return charactersOf(characters.subarray(start, start + places[2 * index + 1]!))
}

/** A text for which there is no room, or which is not Latin-1, is not kept. */
function write({ places, characters }: TextStore, index: number, text: string): void {
  const next = places.length - 1
  if (Atomics.load(places, next) + text.length > characters.length) return
  const start = Atomics.add(places, next, text.length)
  if (start + text.length > characters.length) return
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0xff) return
    characters[start + i] = code
  }
  places[2 * index + 1] = text.length
  Atomics.store(places, 2 * index, start + 1)
}
