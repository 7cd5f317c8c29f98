// Random C programs of csmith, compiled by clang on every level.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Made, ModuleGenerator } from '../net/generator.ts'
import { Random } from '../random.ts'
import { ROOT } from '../tools/install.ts'
import { CSMITH_HEADERS, missingTool } from './tools.ts'

const INCLUDE = join(ROOT, 'test', 'fuzz', 'csmith', 'include')
const LEVELS = ['-O0', '-O1', '-O2', '-O3']
const FEATURES = ['-mbulk-memory', '-msign-ext', '-mnontrapping-fptoint', '-mmutable-globals', '-mtail-call']
/** Milliseconds: some programs take csmith for ever. */
const LIMIT = 120_000

export async function open(): Promise<ModuleGenerator> {
  const missing = missingTool()
  if (missing !== undefined) throw new Error(`no ${missing}`)
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-csmith-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { make: async (seed) => make(seed, folder) }
}

function make(seed: number, folder: string): Made[] {
  const random = new Random(seed)
  const program = join(folder, 'program.c')
  // It leaves a file where it runs.
  const made = execFileSync('csmith', programOptions(seed, random), { cwd: folder, timeout: LIMIT })
  writeFileSync(program, exported(made.toString()))
  const features = FEATURES.map((flag) => (random.chance(60) ? flag : flag.replace('-m', '-mno-')))
  return LEVELS.map((level) => {
    const output = join(folder, 'program.wasm')
    execFileSync('clang', [...compilerOptions(program), ...features, level, '-o', output], { timeout: LIMIT })
    return { part: level, bytes: new Uint8Array(readFileSync(output)), shrink: false, mayHang: true }
  })
}

function programOptions(seed: number, random: Random): string[] {
  const size = random.pick([1, 2, 2, 3])
  const flag = (name: string): string => (random.chance(70) ? `--${name}` : `--no-${name}`)
  return [
    ...['--seed', String(seed >>> 0)],
    ...['--max-funcs', String(2 * size)],
    ...['--max-block-depth', String(1 + size)],
    ...['--max-block-size', String(2 + size)],
    ...['--max-expr-complexity', String(3 * size)],
    ...['longlong', 'jumps', 'bitfields', 'packed-struct', 'unions', 'volatiles', 'pointers'].map(flag),
    random.chance(25) ? '--float' : '--no-float',
  ]
}

const compilerOptions = (program: string): string[] => [
  ...['--target=wasm32', '-nostdlib', '-w', '-fno-builtin'],
  ...['-isystem', INCLUDE, '-I', CSMITH_HEADERS, `-DPROGRAM="${program}"`],
  ...['-Wl,--no-entry', '-Wl,-z,stack-size=16384'],
  join(INCLUDE, 'runtime.c'),
]

/** A declaration of a function that takes and gives numbers only. */
const DECLARATION =
  /^static (u?int\d+_t|float|double) +(func_\d+)\((?:void|(?:(?:const )?(?:u?int\d+_t|float|double) +p_\d+(?:, )?)*)\);$/gm

/** The program with its functions of numbers exported: they can be called with other numbers than it does. */
const exported = (program: string): string => program.replace(DECLARATION, '__attribute__((export_name("$2"))) $&')
