// Standard streams: descriptors of the host, or what the caller gives in their place.

import { fail, isError } from './errno.ts'
import { FILETYPE, filetypeOf, type Stats } from './filetype.ts'
import { type FileSystem, isTerminal, platformOf, sleep } from './host.ts'

/** What may be given as a standard stream. */
export interface Stream {
  /** Reads into the bytes, and waits until there is something; gives the count, 0 at the end. */
  read?(into: Uint8Array): number
  /** Writes the bytes, which are the program's own and change later; gives how many, or no number if all of them. */
  write?(bytes: Uint8Array): unknown
  readonly isTerminal?: boolean
}

/** A stream as descriptors have it. */
export interface OpenStream {
  readonly filetype: number
  readonly isTerminal: boolean
  readonly stats: Stats | undefined
  read(into: Uint8Array): number
  /** Gives how many were written. */
  write(bytes: Uint8Array): number
  /** Whether reading would not wait, as far as that can be known. */
  isReady(): boolean
  /** Closes what was opened to find out; the stream itself is the host's. */
  close(): void
}

export function openStream(stream: number | Stream, fs: FileSystem | undefined): OpenStream {
  if (typeof stream !== 'number') return new GivenStream(stream)
  if (!fs) throw new TypeError('standard streams are numbers only where there is a file system')
  return new HostStream(fs, stream)
}

class GivenStream implements OpenStream {
  readonly filetype: number
  readonly isTerminal: boolean
  readonly stats = undefined
  readonly #stream: Stream

  constructor(stream: Stream) {
    this.#stream = stream
    this.isTerminal = stream.isTerminal === true
    this.filetype = this.isTerminal ? FILETYPE.CHARACTER_DEVICE : FILETYPE.UNKNOWN
  }

  read(into: Uint8Array): number {
    return this.#stream.read ? this.#stream.read(into) : fail('BADF')
  }

  write(bytes: Uint8Array): number {
    if (!this.#stream.write) fail('BADF')
    const count = this.#stream.write(bytes)
    return typeof count === 'number' ? count : bytes.length
  }

  isReady(): boolean {
    return true
  }

  close(): void {}
}

/** Milliseconds between two questions whether there is something to read or room to write. */
const PAUSE = 5

/** Linux. */
const O_NONBLOCK = 0o4000

/** A descriptor of the host, read and written where the host's own offset is: others may have it, too. */
class HostStream implements OpenStream {
  readonly filetype: number
  readonly isTerminal: boolean
  readonly #fs: FileSystem
  readonly #fd: number
  /** The same pipe or terminal opened again, so that it does not wait: Node cannot ask whether there is something to read. */
  #probe: number | undefined
  /** The byte that was read to find out. */
  #ahead: number | undefined

  constructor(fs: FileSystem, fd: number) {
    this.#fs = fs
    this.#fd = fd
    this.isTerminal = isTerminal(fd)
    const { stats } = this
    this.filetype = stats ? filetypeOf(stats) : FILETYPE.CHARACTER_DEVICE
  }

  /** Windows knows nothing of a console. */
  get stats(): Stats | undefined {
    try {
      return this.#fs.fstatSync(this.#fd, { bigint: true })
    } catch {
      return undefined
    }
  }

  read(into: Uint8Array): number {
    if (into.length === 0) return 0
    if (this.#ahead === undefined) return this.#wait(() => this.#fs.readSync(this.#fd, into, 0, into.length, null))
    into[0] = this.#ahead
    this.#ahead = undefined
    return 1 + Math.max(0, this.#tryRead(into.subarray(1)))
  }

  write(bytes: Uint8Array): number {
    return this.#wait(() => this.#fs.writeSync(this.#fd, bytes, 0, bytes.length, null))
  }

  /** A pipe that does not wait answers AGAIN, and the end of input on Windows is an error. */
  #wait(action: () => number): number {
    for (;;) {
      try {
        return action()
      } catch (error) {
        if ((error as { code?: unknown }).code === 'EOF') return 0
        if (!isError(error, 'AGAIN')) throw error
        sleep(PAUSE)
      }
    }
  }

  isReady(): boolean {
    const mayWait = this.isTerminal || this.filetype === FILETYPE.SOCKET_STREAM
    if (!mayWait || platformOf(this.#fs) !== 'linux' || this.#ahead !== undefined) return true
    const byte = new Uint8Array(1)
    const count = this.#tryRead(byte)
    if (count === 1) this.#ahead = byte[0]
    return count >= 0
  }

  close(): void {
    if (this.#probe !== undefined) this.#fs.closeSync(this.#probe)
    this.#probe = undefined
  }

  /** Reads what is there; -1 if there is nothing yet. What cannot be opened again, a socket, counts as at its end. */
  #tryRead(into: Uint8Array): number {
    if (into.length === 0) return 0
    try {
      this.#probe ??= this.#fs.openSync(`/proc/self/fd/${this.#fd}`, this.#fs.constants.O_RDONLY | O_NONBLOCK)
      return this.#fs.readSync(this.#probe, into, 0, into.length, null)
    } catch (error) {
      return isError(error, 'AGAIN') ? -1 : 0
    }
  }
}

/** The standard streams where there are no descriptors: nothing to read, and lines go to the console. */
export const consoleStreams = (): { stdin: Stream; stdout: Stream; stderr: Stream } => ({
  stdin: { read: () => 0 },
  stdout: { write: lines((line) => console.log(line)) },
  stderr: { write: lines((line) => console.error(line)) },
})

/** Calls `print` for each line that ends. */
function lines(print: (line: string) => void): (bytes: Uint8Array) => void {
  const decoder = new TextDecoder()
  let rest = ''
  return (bytes) => {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = parts.pop()!
    for (const line of parts) print(line)
  }
}
