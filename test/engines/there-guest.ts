// The compiler in an engine that runs no scripts of Node. A bundle of this file is a script of that engine (there-bundle.ts): it
// declares what replays scripts of the suite with `nowasm/webassembly`, or where text may not be evaluated with
// `nowasm/aot/interpreter`.

import { CompileError } from '../../runtime/errors.ts'
import { interpreted } from '../../src/interpret/evaluator.ts'
import { compilerSource } from '../../src/webassembly/compiler.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { namespaceOver } from '../../src/webassembly/namespace.ts'
import type { Api } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import type { Script } from '../spec/script.ts'
import { Wrappers } from '../spec/wrapper.ts'
import { add, emptyTally, type Tally } from './tally.ts'

/** What is asked of it. */
export interface Asked {
  readonly how: 'jit' | 'interpreter' | 'interpreted'
  readonly hasOneNaN: boolean
  readonly scripts: readonly { readonly path: string; readonly script: Script }[]
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function bytesOf(base64: string): Uint8Array {
  const digits = base64.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  for (let i = 0, at = 0; i < digits.length; i++) {
    bits = (bits << 6) | DIGITS.indexOf(digits[i]!)
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4))
  }
  return bytes
}

/** UTF-8 of names, which are ASCII here. */
class Encoder {
  encode(text: string): Uint8Array {
    return Uint8Array.from(text, (c) => c.charCodeAt(0))
  }
}

/** All that the suite's runner asks of Node. */
const here = globalThis as { Buffer?: unknown; TextEncoder?: unknown }
here.Buffer ??= { from: bytesOf }
here.TextEncoder ??= Encoder

function apiFor(how: Asked['how']): Api {
  const features = { all: true }
  if (how !== 'interpreted')
    return webAssemblyWith({ engine: how, features }, { compilesLazily: true }) as unknown as Api
  return namespaceOver(compilerSource({ features }, CompileError, {}, interpreted), false) as unknown as Api
}

/** Engines say it with either. */
const isExhaustion = (error: unknown): boolean =>
  error instanceof RangeError || (error as Error | undefined)?.name === 'InternalError'

export function tallyOf({ how, hasOneNaN, scripts }: Asked): Tally {
  const api = apiFor(how)
  const engine = { name: how, api, features: new Set(['multi-memory']), isExhaustion }
  const wrappers = new Wrappers(api)
  const tally = emptyTally()
  for (const { path, script } of scripts) {
    add(tally, path, script.commands, replay(script, engine, wrappers), { hasOneNaN })
  }
  return tally
}
