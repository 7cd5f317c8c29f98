// The engines that are commands, and where they are found.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { commandEngine, output } from './commands.ts'
import type { Engine, Opened } from './engine.ts'
import { folder } from './folder.ts'
import { HERE } from './here.ts'

const require = createRequire(join(HERE, 'package.json'))

const JIT = { engine: 'jit', target: 'esnext' } as const
const SCRIPT = { engine: 'interpreter', target: 'es2020' } as const
const ES5 = { engine: 'interpreter', target: 'es5' } as const

/** What `--install` puts where this finds it. */
function installed(path: string): string {
  const file = join(HERE, 'node_modules', path)
  if (!existsSync(file)) throw new Error('not installed (--install)')
  return file
}

async function node(command: string, args: readonly string[] = []): Promise<Opened> {
  const version = (await output(command, ['--version'])).trim()
  return commandEngine(`Node ${version.slice(1)}`, command, args, { node: true })
}

/** The Node that test/node26 has installed, or the one that runs this if it is as new. */
function newNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  const file = join(HERE, `../node26/node_modules/node-${process.platform}-${process.arch}/bin/node`)
  if (!existsSync(file)) throw new Error('not installed (--install)')
  return file
}

async function bun(env: Record<string, string> = {}): Promise<Opened> {
  const command = installed(`@oven/bun-${process.platform}-${process.arch.replace('arm64', 'aarch64')}/bin/bun`)
  return commandEngine(`Bun ${(await output(command, ['--version'])).trim()}`, command, [], { env, node: true })
}

async function deno(): Promise<Opened> {
  const libc = process.platform === 'linux' ? '-glibc' : ''
  const command = installed(`@deno/${process.platform}-${process.arch}${libc}/deno`)
  const [, version, v8] = /deno (\S+)[\s\S]*v8 ([\d.]+)/.exec(await output(command, ['--version'])) ?? []
  return commandEngine(`Deno ${version} (V8 ${v8})`, command, ['run', '-A', '--quiet'], { node: true })
}

/** The command of QuickJS is Debian's, or what the variable QJS names. */
function quickjs(): Opened {
  const command = process.env['QJS'] ?? 'qjs'
  const { stdout, error } = spawnSync(command, ['--help'], { encoding: 'utf8' })
  if (error) throw new Error(`no command ${command} (Debian: apt-get install quickjs, or the variable QJS)`)
  return commandEngine(`QuickJS ${/[\d-]{10}/.exec(stdout)?.[0] ?? ''}`, command, ['--std', '--script'])
}

async function quickjsNg(): Promise<Opened> {
  installed('quickjs-emscripten-core')
  const { version } = require('@jitl/quickjs-ng-wasmfile-release-sync/package.json') as { version: string }
  return commandEngine(`quickjs-ng of quickjs-emscripten ${version}`, process.execPath, [join(HERE, 'quickjs-ng.mjs')])
}

const HERMES_FOLDER = { linux: 'linux64-bin', darwin: 'osx-bin', win32: 'win64-bin' } as Record<string, string>
const hermesFile = (name: string): string => installed(`hermes-engine-cli/${HERMES_FOLDER[process.platform]}/${name}`)

async function hermes(bytecode: boolean): Promise<Opened> {
  const command = hermesFile('hermes')
  const version = /release version: (\S+)/.exec(await output(command, ['--version']))?.[1]
  if (!bytecode) return commandEngine(`Hermes ${version}`, command, ['-O0', '-w'])
  const compiler = hermesFile('hermesc')
  const prepare = async (file: string): Promise<string> => {
    const made = join(folder, 'job.hbc')
    await output(compiler, ['-O', '-w', '-emit-binary', '-out', made, file])
    return made
  }
  return commandEngine(`Hermes ${version}`, command, ['-b'], { prepare })
}

async function duktape(): Promise<Opened> {
  const command = process.env['DUK'] ?? 'duk'
  const text = await output(command, ['-e', 'print(Duktape.version)']).catch((error: Error) => {
    throw new Error(`${error.message} (Debian: apt-get install duktape, or the variable DUK)`)
  })
  return commandEngine(
    `Duktape ${text.trim().replace(/^(\d+)(\d\d)(\d\d)$/, (_, a, b, c) => [a, +b, +c].join('.'))}`,
    command,
  )
}

/** The compiler is written with classes, which outputs for ES5 do without. */
const NO_CLASSES = 'no: JavaScript without classes'

export const SHELLS: readonly Engine[] = [
  { name: 'node', title: 'Node, the oldest', variant: JIT, open: () => node(process.execPath) },
  { name: 'node26', title: 'Node 26', variant: JIT, open: () => node(newNode()) },
  {
    name: 'jitless',
    title: '`node --jitless`',
    variant: SCRIPT,
    lacks: ['WebAssembly'],
    open: () => node(newNode(), ['--jitless']),
  },
  { name: 'deno', title: 'Deno', variant: JIT, open: deno },
  { name: 'bun', title: 'Bun (JavaScriptCore)', variant: JIT, hasOneNaN: true, open: () => bun() },
  {
    name: 'bun-no-jit',
    title: 'Bun without JIT and WebAssembly, as in Lockdown Mode',
    variant: SCRIPT,
    hasOneNaN: true,
    lacks: ['WebAssembly'],
    open: () => bun({ BUN_JSC_useJIT: '0', BUN_JSC_useWasm: '0' }),
  },
  { name: 'quickjs', title: 'QuickJS', variant: SCRIPT, lacks: ['WebAssembly'], open: quickjs },
  // Where pointers have 32 bits it keeps values in the bits of NaNs. With private names in classes it ends, by an assertion of its own.
  {
    name: 'quickjs-ng',
    title: 'quickjs-ng, built for 32 bits',
    variant: SCRIPT,
    compilerTarget: 'es2020',
    hasOneNaN: true,
    lacks: ['WebAssembly'],
    open: quickjsNg,
  },
  {
    name: 'hermes',
    title: 'Hermes, source',
    variant: ES5,
    cannotCompile: NO_CLASSES,
    hasOneNaN: true,
    lacks: ['WebAssembly'],
    open: () => hermes(false),
  },
  {
    name: 'hermes-bytecode',
    title: "Hermes, `hermesc -O`'s bytecode",
    variant: ES5,
    cannotCompile: NO_CLASSES,
    hasOneNaN: true,
    lacks: ['WebAssembly'],
    open: () => hermes(true),
  },
  {
    name: 'duktape',
    title: 'Duktape',
    variant: { ...ES5, words: true },
    cannotCompile: NO_CLASSES,
    lacks: ['WebAssembly', 'BigInt'],
    open: duktape,
  },
]
