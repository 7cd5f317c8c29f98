// Replays a script without running anything: which modules the decoder and the validator accept, and how they refuse others.

import { CompileError } from '../../src/0-wasm/errors.ts'
import { type Feature, VALIDATED } from '../../src/0-wasm/features.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import type { Command, Outcome, Script } from './script.ts'

/** Folders of the suite of which every module is accepted, or refused for the kind of reason that the suite gives. */
export const VALIDATED_FOLDERS = [
  'core',
  'custom',
  'legacy',
  'proposals/compact-import-section',
  'proposals/custom-page-sizes',
  'proposals/threads',
  'proposals/wide-arithmetic',
]

/** Folders of proposals that are only recognised: a module with something of theirs is refused, by their name. */
export const RECOGNISED_FOLDERS = [
  'proposals/custom-descriptors',
  'proposals/shared-everything-threads',
  'proposals/stack-switching',
]

/** Modules that are not valid without a proposal, though nothing in them shows that they are meant for it. */
const LIFTED = [
  'proposals/custom-descriptors/br_on_cast.json:211',
  'proposals/custom-descriptors/br_on_cast_fail.json:226',
  'proposals/stack-switching/validation.json:749',
]

type Verdict = 'valid' | 'malformed' | 'invalid' | 'unsupported'

/** What the suite expects of a command's module, undefined if it has none to look at. */
function expected(command: Command): Verdict | undefined {
  if (!('module_base64' in command)) return undefined
  // An assertion that a later proposal lifted.
  if ('superseded_by' in command) return undefined
  if (command.type === 'assert_malformed') return 'malformed'
  return command.type === 'assert_invalid' ? 'invalid' : 'valid'
}

/** What decoder and validator say of a module, and why. */
function verdictOn(
  bytes: Uint8Array,
  available: ReadonlySet<Feature> = VALIDATED,
): { readonly verdict: Verdict; readonly message: string } {
  try {
    validate(decode(bytes, available))
    return { verdict: 'valid', message: 'valid' }
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return { verdict: error.kind, message: error.message }
  }
}

/** @param path of the script in the suite */
function judge(command: Command, path: string): Outcome {
  const { line, type } = command
  const want = expected(command)
  if (want === undefined) return { line, type, result: 'skipped' }
  const { verdict, message } = verdictOn(Buffer.from((command as { module_base64: string }).module_base64, 'base64'))
  if (verdict === want || isRefusedForProposal(want, verdict, message, path)) return { line, type, result: 'passed' }
  if (LIFTED.includes(`${path}:${line}`)) return { line, type, result: 'skipped' }
  return { line, type, result: 'failed', message: `${message}, expected ${want}` }
}

/** Whether a module is refused because of the proposal whose folder it is in, of which not everything is looked at. */
function isRefusedForProposal(want: Verdict, verdict: Verdict, message: string, path: string): boolean {
  const folder = RECOGNISED_FOLDERS.find((each) => path.startsWith(each))
  if (folder === undefined || verdict === 'valid') return false
  return want !== 'valid' || message.includes(folder.slice(folder.indexOf('/') + 1))
}

/** @returns the outcome of each command, in order; those without a module are skipped. */
export const replayValidity = (script: Script, path: string): Outcome[] =>
  script.commands.map((command) => judge(command, path))
