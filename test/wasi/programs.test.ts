// C programs, with node:wasi on the native engine and with nowasm/wasi on both: the same output, exit code and files.

import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DIFFERENCES } from './explained.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const PROGRAMS = ['files', 'folders', 'links', 'poll', 'process', 'raw', 'times']
const HOSTS = ['node native', 'nowasm native', 'nowasm compiled'] as const

const scratch = mkdtempSync(join(tmpdir(), 'nowasm-wasi-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** Why the programs cannot be built here. */
let lacking: string | undefined

beforeAll(() => {
  mkdirSync(here('.cache'), { recursive: true })
  try {
    for (const name of PROGRAMS) build(name)
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer }
    lacking = code === 'ENOENT' ? 'no clang' : `clang cannot compile for WASI: ${stderr}`
  }
}, 120_000)

/** Debian: clang, lld, wasi-libc, libclang-rt-dev-wasm32. */
function build(name: string): void {
  const [source, header, target] = [here(`c/${name}.c`), here('c/say.h'), here(`.cache/${name}.wasm`)]
  const built = statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built > Math.max(statSync(source).mtimeMs, statSync(header).mtimeMs)) return
  execFileSync('clang', ['--target=wasm32-wasi', '-O1', '-Wall', '-o', target, source], { stdio: 'pipe' })
}

interface Outcome {
  readonly code: number | null
  readonly lines: string[]
  readonly stderr: string
  readonly files: string[]
}

/** What comes in arrives in two parts. */
function run(program: string, host: string): Promise<Outcome> {
  const folder = join(scratch, `${program} ${host}`)
  mkdirSync(folder)
  const child = spawn(process.execPath, [
    '--no-warnings',
    here('child.mjs'),
    ...host.split(' '),
    here(`.cache/${program}.wasm`),
    folder,
  ])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data) => {
    stdout += data
  })
  child.stderr.on('data', (data) => {
    stderr += data
  })
  child.stdin.on('error', () => {})
  child.stdin.write('first')
  setTimeout(() => child.stdin.end(' line\nsecond'), 500)
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, lines: stdout.split('\n'), stderr, files: tree(folder) }))
  })
}

/** Every entry under a folder with its type, and what it holds or leads to. */
function tree(folder: string, under = ''): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = join(under, entry.name)
      const path = join(folder, name)
      if (entry.isDirectory()) return [`${name}/`, ...tree(folder, name)]
      if (entry.isSymbolicLink()) return [`${name} -> ${readlinkSync(path)}`]
      return [`${name}: ${readFileSync(path).toString('base64')}`]
    })
}

/** The lines that differ. */
const differing = (program: string, node: string[], ours: string[]) =>
  node.flatMap((line, i) => (line === ours[i] ? [] : [{ program, node: line, ours: ours[i] }]))

test.for(PROGRAMS)('%s', async (program, { skip }) => {
  skip(lacking !== undefined, lacking)
  const [node, native, compiled] = await Promise.all(HOSTS.map((host) => run(program, host)))
  expect(compiled).toEqual(native)
  expect({ ...native, lines: native.lines.length }).toEqual({ ...node, lines: node.lines.length })
  const explained = DIFFERENCES.filter((difference) => difference.program === program)
  expect(differing(program, node.lines, native.lines)).toEqual(explained.map(({ why, ...difference }) => difference))
})
