// QuickJS: the command `qjs`, or what the variable QJS names.
import { spawnSync } from 'node:child_process'
import { scriptEngine } from './script.mjs'

export const title = 'QuickJS'

export function open() {
  const command = process.env.QJS ?? 'qjs'
  const { stdout, error } = spawnSync(command, ['--help'])
  if (error) throw error
  const version = String(stdout).split('\n')[0]
  return scriptEngine({ command, flags: ['--std', '--script'], version, output: 'nowasm-script' })
}
