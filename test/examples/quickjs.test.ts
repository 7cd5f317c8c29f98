// The same picture from Node and from QuickJS: the command `qjs`, or what the variable QJS names.

import { execFileSync, spawnSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { example, node } from './run.ts'

const QJS = process.env['QJS'] ?? 'qjs'

beforeAll(() => {
  node('quickjs/build.mjs')
})

test('quickjs: the picture is symmetrical', () => {
  const lines = node('quickjs/main.js').split('\n')
  expect(lines).toHaveLength(25) // the last one is empty
  expect(lines[12].trimEnd()).toBe(`${' '.repeat(7)}${'@'.repeat(54)}.`)
  for (let i = 1; i < 11; i++) expect(lines[12 - i]).toBe(lines[12 + i])
})

test('quickjs: QuickJS prints what Node prints', (context) => {
  if (spawnSync(QJS, ['--help']).error) context.skip(`no QuickJS: install qjs, or name it in the variable QJS (${QJS})`)
  const printed = execFileSync(QJS, ['--module', example('quickjs/main.js')], { encoding: 'utf8' })
  expect(printed).toBe(node('quickjs/main.js'))
})
