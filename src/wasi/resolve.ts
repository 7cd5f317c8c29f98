// From a path of the program to a folder and a name in it. Each part is entered by itself, links are read and followed here, and what
// would lead out of the folder at the beginning is refused: what the system is asked for in the end is a name in a folder that was
// reached this way.

import { fail, isError } from './errno.ts'
import { type Folder, lstat } from './folder.ts'

/** Where a path leads. */
export interface Place {
  /** At most open as long as the action runs. */
  readonly folder: Folder
  /** '.' where the path leads to the folder itself. */
  readonly name: string
  /** Whether the path ends in a slash: it means a folder, or nothing that is there. */
  readonly hasSlash: boolean
}

interface Lookup {
  /** Whether a link in the last place is followed, too. */
  readonly follows: boolean
  /** Whether it must be a folder if there is a slash at the end, so that also links before the slash are followed. */
  readonly enters: boolean
}

/** For what acts on an entry of a folder itself: creating, removing, renaming it. */
export const ENTRY: Lookup = { follows: false, enters: false }
/** For what acts on what is there. */
export const TARGET: Lookup = { follows: true, enters: true }
/** The same, but a link in the last place stands for itself. */
export const LINK_ITSELF: Lookup = { follows: false, enters: true }

/** As Linux counts: the links of one path, and its bytes. */
const MOST_LINKS = 40
const LONGEST_PATH = 4096

/** Acts on where a path leads from a folder. Fails with NOTCAPABLE for a path that leads out of it. */
export function resolve<T>(root: Folder, path: string, lookup: Lookup, action: (place: Place) => T): T {
  const walk = new Walk(root, path)
  try {
    return action(walk.run(lookup))
  } finally {
    walk.close()
  }
}

/** Parts of a path, the first one last. */
function partsOf(path: string): string[] {
  if (path === '') fail('NOENT')
  if (path.includes('\0')) fail('INVAL')
  if (path.startsWith('/')) fail('NOTCAPABLE')
  if (path.length > LONGEST_PATH) fail('NAMETOOLONG')
  return path.split('/').reverse()
}

class Walk {
  /** The folders that were entered. `..` goes back to the one before, not to what has become the parent in the meantime. */
  readonly #entered: Folder[] = []
  readonly #root: Folder
  readonly #rest: string[]
  #links = 0

  constructor(root: Folder, path: string) {
    this.#root = root
    this.#rest = partsOf(path)
  }

  get #here(): Folder {
    return this.#entered.at(-1) ?? this.#root
  }

  run({ follows, enters }: Lookup): Place {
    for (;;) {
      const name = this.#rest.pop()
      if (name === undefined) return { folder: this.#here, name: '.', hasSlash: false }
      if (name === '' || name === '.') continue
      if (name === '..') {
        const left = this.#entered.pop()
        if (!left) fail('NOTCAPABLE')
        left.close()
        continue
      }
      const isLast = this.#rest.every((part) => part === '')
      const hasSlash = this.#rest.length > 0
      if (!isLast || (hasSlash && enters)) this.#enter(name)
      else if (!follows || !this.#follow(name)) return { folder: this.#here, name, hasSlash }
    }
  }

  /** Goes into a folder, or on with what a link says. */
  #enter(name: string): void {
    try {
      this.#entered.push(this.#here.enter(name))
    } catch (error) {
      if (!isError(error, 'NOTDIR', 'LOOP') || !this.#follow(name)) throw error
    }
  }

  /** Puts what a link says in its name's place; false for what is no link, or not there. */
  #follow(name: string): boolean {
    const target = this.#readLink(name)
    if (target === undefined) return false
    if (++this.#links > MOST_LINKS) fail('LOOP')
    this.#rest.push(...partsOf(target))
    return true
  }

  #readLink(name: string): string | undefined {
    const { fs } = this.#here
    const path = this.#here.at(name)
    return lstat(fs, path)?.isSymbolicLink() ? fs.readlinkSync(path) : undefined
  }

  close(): void {
    for (const folder of this.#entered) folder.close()
    this.#entered.length = 0
  }
}
