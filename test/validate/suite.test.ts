// Every module of the specification suite is accepted or refused for the kind of reason that the suite gives.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CompileError } from '../../src/0-wasm/errors.ts'
import { UNSUPPORTED } from '../../src/0-wasm/features.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import type { Command } from '../spec/script.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'

const FOLDERS = ['core', 'custom', 'legacy', 'proposals/threads']

/** What the suite expects of a command's module, undefined if it has none to look at. */
function expected(command: Command): string | undefined {
  if (!('module_base64' in command)) return undefined
  // An assertion that a later proposal lifted.
  if ('superseded_by' in command) return undefined
  if (command.type === 'assert_malformed') return 'malformed'
  return command.type === 'assert_invalid' ? 'invalid' : 'valid'
}

function judge(base64: string): { verdict: string; message: string } {
  try {
    validate(decode(new Uint8Array(Buffer.from(base64, 'base64'))))
    return { verdict: 'valid', message: '' }
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return { verdict: error.kind, message: error.message }
  }
}

/** A refusal for want of a feature is as good as any other verdict, if it names a feature. */
const isFeature = (message: string): boolean => {
  const name = /^unsupported: ([a-z0-9-]+) \(/.exec(message)?.[1]
  return [...UNSUPPORTED].some((feature) => feature === name)
}

describe.skipIf(!existsSync(SUITE)).each(FOLDERS)('modules of %s', (folder) => {
  const scripts = existsSync(SUITE) ? findScripts(join(SUITE, folder)) : []

  test.each(scripts)('$path', ({ file }) => {
    for (const command of readScript(file).commands) {
      const want = expected(command)
      if (want === undefined) continue
      const { verdict, message } = judge((command as { module_base64: string }).module_base64)
      if (verdict === 'unsupported' && isFeature(message)) continue
      expect(`line ${command.line}: ${verdict} ${message}`).toContain(`line ${command.line}: ${want}`)
    }
  })
})

describe.skipIf(!existsSync(SUITE))('folders that need nothing the compiler lacks', () => {
  test.each(findScripts(join(existsSync(SUITE) ? SUITE : '.', 'core/multi-memory')))('$path', ({ file }) => {
    for (const command of readScript(file).commands) {
      const want = expected(command)
      if (want !== undefined) {
        expect([command.line, judge((command as { module_base64: string }).module_base64).verdict]).toEqual([
          command.line,
          want,
        ])
      }
    }
  })
})
