// Every module of the specification suite is accepted or refused for the kind of reason that the suite gives.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { RECOGNISED_FOLDERS, replayValidity, VALIDATED_FOLDERS } from '../spec/validity.ts'

describe.skipIf(!existsSync(SUITE)).each([...VALIDATED_FOLDERS, ...RECOGNISED_FOLDERS])('modules of %s', (folder) => {
  const scripts = existsSync(SUITE) ? findScripts(join(SUITE, folder)) : []

  test.each(scripts)('$path', ({ path, file }) => {
    const outcomes = replayValidity(readScript(file), path)
    const failed = outcomes.filter(({ result }) => result === 'failed')
    expect(failed.map(({ line, message }) => `line ${line}: ${message}`)).toEqual([])
  })
})
