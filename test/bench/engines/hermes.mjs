// Hermes: the command `hermes`, or what the variable HERMES names; it compiles to bytecode, optimised, and interprets that.
import { execFileSync } from 'node:child_process'
import { scriptEngine } from './script.mjs'

export const title = 'Hermes'

export function open() {
  const command = process.env.HERMES ?? 'hermes'
  const [, version] = /release version: (\S+)/.exec(execFileSync(command, ['--version']).toString()) ?? []
  return scriptEngine({ command, flags: ['-O', '-w'], version: `Hermes ${version}`, output: 'nowasm-es5' })
}
