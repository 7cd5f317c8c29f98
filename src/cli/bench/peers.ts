// Other ways to run a module without WebAssembly, where the user has them installed.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Contestant, Start } from './contestants.ts'

export interface Peers {
  readonly contestants: readonly Contestant[]
  /** A line for each that is not installed. */
  readonly leftOut: readonly string[]
}

/** The peers that the packages installed in `folder` or above it allow. */
export function findPeers(folder: string, bytes: Uint8Array): Peers {
  const found = PEERS.map(({ name, file, create }) => {
    const path = installed(folder, file)
    return path === undefined ? missing(name, file) : create(name, path, bytes)
  })
  const isLine = (each: string | Contestant) => typeof each === 'string'
  return {
    contestants: found.filter((each): each is Contestant => !isLine(each)),
    leftOut: found.filter((each): each is string => isLine(each)),
  }
}

const PEERS = [
  { name: 'wasm2js -O3', file: 'binaryen/bin/wasm2js', create: wasm2js },
  { name: 'polywasm', file: 'polywasm/index.js', create: polywasm },
]

const missing = (name: string, file: string): string => `${name} is left out: npm install ${file.split('/')[0]} adds it`

function installed(folder: string, file: string): string | undefined {
  const folders = createRequire(join(folder, 'x.js')).resolve.paths(file) ?? []
  return folders.map((each) => join(each, file)).find((path) => existsSync(path))
}

/** Binaryen's program gives up after so many milliseconds. */
const LIMIT = 120_000

function wasm2js(name: string, command: string, bytes: Uint8Array): Contestant {
  return {
    name,
    essential: false,
    async compile() {
      const folder = mkdtempSync(join(tmpdir(), 'nowasm-bench-'))
      try {
        const [input, output] = [join(folder, 'module.wasm'), join(folder, 'module.mjs')]
        writeFileSync(input, bytes)
        runWasm2js(command, input, output)
        const code = readFileSync(output, 'utf8')
        return { start: new Function(`'use strict'\n${wasm2jsFactory(code)}`)() as Start, code }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

/** Runs the script `command` with Node. Throws an Error of one line. @public for `npm run bench` */
export function runWasm2js(command: string, input: string, output: string): void {
  const words = [command, '-O3', '-all', input, '-o', output]
  try {
    execFileSync(process.execPath, words, { timeout: LIMIT, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 })
  } catch (error) {
    const { code, stderr, message } = error as NodeJS.ErrnoException & { stderr?: Buffer }
    throw new Error(code === 'ETIMEDOUT' ? `takes more than ${LIMIT / 1000} s` : firstLine(String(stderr || message)))
  }
}

/** What an error says, without the command line and the stack. @public for `npm run bench` */
export function firstLine(text: string): string {
  const lines = text.split('\n')
  const line = lines.find((each) => /\w/.test(each) && !/^(Command failed|file:|node:|\s*at )/.test(each))
  return (line ?? lines[0]!).trim().slice(0, 160)
}

/**
 * An ES module of wasm2js is one instance; this is the body of a function that returns a function from imports to one.
 * @public for `npm run bench`
 */
export function wasm2jsFactory(code: string): string {
  const program = code.slice(0, code.lastIndexOf('var retasmFunc')).replaceAll(/^import .*$/gm, '')
  return `${program}\nreturn (imports) => ({ exports: asmFunc(imports) })\n`
}

function polywasm(name: string, file: string, bytes: Uint8Array): Contestant {
  let library: { WebAssembly: typeof WebAssembly }
  return {
    name,
    essential: false,
    async prepare() {
      library = await import(pathToFileURL(file).href)
    },
    async compile() {
      // It reads float constants from the start of the buffer, not of the view: this view starts with its buffer.
      const compiled = new library.WebAssembly.Module(new Uint8Array(bytes))
      const start: Start = (imports) => new library.WebAssembly.Instance(compiled, imports as WebAssembly.Imports)
      return { start, code: Buffer.concat([bytes, readFileSync(file)]) }
    },
  }
}
