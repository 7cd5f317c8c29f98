// Tracked files speak of the project alone: nothing of the machine they were written on, no package registry's address.

import { homedir } from 'node:os'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root, textOf, trackedFiles } from './tree.ts'

const BINARY = /\.(wasm|png|jpg|gz|tgz|zip|data|ttf|woff2?)$/

const TOP = /^([A-Z]+(\.md)?|client\.d\.ts|[\w.-]+\.json|[\w.]+\.config\.(mjs|ts))$/

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** An absolute path into one of these folders, where a path can start: not in the middle of another path or URL. */
const absolute = (folders: readonly string[]): RegExp => new RegExp(`(?<![\\w./-])(${folders.map(escaped).join('|')})/`)

const here = [dirname(root), homedir()].filter((folder) => folder.length > 1)
const FORBIDDEN: readonly RegExp[] = [
  absolute([...here, '/home', '/Users']),
  /https?:\/\/(registry|deb|npm)\./,
  /"resolved":\s*"http/,
]

const linesWith = (text: string, pattern: RegExp): number[] =>
  text.split('\n').flatMap((line, i) => (pattern.test(line) ? [i + 1] : []))

describe('tracked files', () => {
  it('the patterns find what they are for', () => {
    const samples = [
      `see ${dirname(root)}/x`,
      `"${['', 'home', 'me', 'x'].join('/')}"`,
      ['https:', '', 'registry.x'].join('/'),
    ]
    expect(samples.filter((text) => !FORBIDDEN.some((pattern) => pattern.test(text)))).toEqual([])
  })

  it('are text, or binary by their name', () => {
    expect(trackedFiles().filter((path) => !BINARY.test(path) && textOf(path).includes('\0'))).toEqual([])
  })

  it('stand at the top only if they are known there: tools leave files where they run', () => {
    const top = trackedFiles().filter((path) => !path.includes('/') && !path.startsWith('.'))
    expect(top.filter((path) => !TOP.test(path))).toEqual([])
  })

  it('name no machine path and no registry', () => {
    const wrong = trackedFiles()
      .filter((path) => !BINARY.test(path))
      .flatMap((path) => {
        const text = textOf(path)
        return FORBIDDEN.flatMap((pattern) => linesWith(text, pattern)).map((line) => `${path}:${line}`)
      })
    expect(wrong).toEqual([])
  })
})
