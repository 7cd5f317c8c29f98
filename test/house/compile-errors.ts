// What the type checker says of the sources after a change: a copy of them is changed, never they themselves.

import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, textOf } from './tree.ts'

/** One text of a file, which is there once, and what stands for it. */
export interface Change {
  readonly file: string
  readonly from: string
  readonly to: string
}

export interface CompileError {
  readonly file: string
  /** The line that it is in, as it was changed. */
  readonly source: string
  readonly message: string
}

/** @returns the files, sorted, each once */
export const filesOf = (errors: readonly CompileError[]): string[] =>
  [...new Set(errors.map(({ file }) => file))].sort()

/** What stands around the compiler, and knows nothing of what is changed; the types of bundlers take long to read. */
const AROUND = ['src/plugin.ts', 'src/plugin', 'src/wasi.ts', 'src/wasi']

/** @returns the errors of the compiler and the runtime, once all of the changes are made */
export function compileErrors(changes: readonly Change[]): CompileError[] {
  const copy = mkdtempSync(join(tmpdir(), 'nowasm-types-'))
  try {
    for (const folder of ['src', 'runtime']) cpSync(join(root, folder), join(copy, folder), { recursive: true })
    for (const file of ['package.json', 'tsconfig.json']) cpSync(join(root, file), join(copy, file))
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    for (const { file, from, to } of changes) {
      const text = readFileSync(join(copy, file), 'utf8')
      if (text.split(from).length !== 2) throw new Error(`${file} has not exactly one: ${from}`)
      writeFileSync(
        join(copy, file),
        text.replace(from, () => to),
      )
    }
    const lines = new Map<string, string[]>()
    const sourceOf = (file: string, line: number): string => {
      if (!lines.has(file)) lines.set(file, readFileSync(join(copy, file), 'utf8').split('\n'))
      return lines.get(file)![line - 1]!.trim()
    }
    const matches = typeCheck(copy).matchAll(/^(\S+)\((\d+),\d+\): error \w+: (.*)$/gm)
    return [...matches].map(([, file, line, message]) => ({
      file: file!,
      source: sourceOf(file!, Number(line)),
      message: message!,
    }))
  } finally {
    rmSync(copy, { recursive: true })
  }
}

/** What the type checker prints. */
function typeCheck(folder: string): string {
  const { include, ...rest } = JSON.parse(textOf('tsconfig.json'))
  const sources = include.filter((path: string) => path === 'src' || path === 'runtime')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...rest, include: sources, exclude: AROUND }))
  try {
    // By one thread: each of several finds out for itself what the types are that all files use.
    const args = ['-p', folder, '--checkers', '1']
    return execFileSync(join(root, 'node_modules/.bin/tsc'), args, { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    const { status, stdout } = error as { status: number | null; stdout: string }
    if (status === null) throw error
    return stdout
  }
}
