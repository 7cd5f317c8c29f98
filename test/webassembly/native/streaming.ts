// Modules from a Response (the WebAssembly Web API): what is taken for one, and which of them are refused.

import { wat } from '../../wat.ts'
import type { Api, Case } from './describe.ts'

const MODULE = wat('(module (import "m" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f)))')

/** Without its last byte. */
const CUT = MODULE.slice(0, -1)

const TYPES: readonly string[] = [
  'application/wasm',
  'Application/WASM',
  ' application/wasm ',
  'application/wasm;',
  'application/wasm; charset=utf-8',
  'application/javascript',
  'text/html',
  'application/wasm, application/wasm',
  '',
]

const wasm = (body: BodyInit | null, init: ResponseInit = {}): Response =>
  new Response(body, { headers: { 'content-type': 'application/wasm' }, ...init })

function used(): Response {
  const response = wasm(MODULE)
  void response.arrayBuffer()
  return response
}

function locked(): Response {
  const response = wasm(MODULE)
  response.body!.getReader()
  return response
}

/** Sources of a module, right and wrong: each is made anew. */
const SOURCES: Readonly<Record<string, () => unknown>> = {
  'a response': () => wasm(MODULE),
  'a promise of a response': () => Promise.resolve(wasm(MODULE)),
  'a thenable': () => ({ then: (done: (response: Response) => void) => done(wasm(MODULE)) }),
  'a promise that is rejected': () => Promise.reject(new RangeError('no')),
  'a module that is cut off': () => wasm(CUT),
  'no bytes': () => wasm(new Uint8Array()),
  'no body': () => wasm(null),
  'status 404': () => wasm(MODULE, { status: 404 }),
  'status 201': () => wasm(MODULE, { status: 201 }),
  'a network error': () => Response.error(),
  'no type': () => new Response(MODULE),
  ...Object.fromEntries(
    TYPES.map((type) => [
      `type ${JSON.stringify(type)}`,
      () => new Response(MODULE, { headers: { 'content-type': type } }),
    ]),
  ),
  'a used body': used,
  'a locked body': locked,
  'a clone': () => wasm(MODULE).clone(),
  'a stream in pieces': () =>
    wasm(
      new ReadableStream({
        start(controller) {
          for (let at = 0; at < MODULE.length; at += 7) controller.enqueue(MODULE.slice(at, at + 7))
          controller.close()
        },
      }),
    ),
  'a stream that fails': () =>
    wasm(
      new ReadableStream({
        start: (controller) => controller.error(new RangeError('no')),
      }),
    ),
  bytes: () => MODULE,
  'an object': () => ({}),
  undefined: () => undefined,
  null: () => null,
}

const IMPORTS: Readonly<Record<string, () => unknown>> = {
  'imports': () => ({ m: { f: () => 42 } }),
  'no imports': () => undefined,
  'imports that are null': () => null,
  'imports that are a number': () => 5,
  'an empty module of imports': () => ({ m: {} }),
}

type Called = (source: unknown, imports?: unknown) => unknown

const call = async (api: Api, source: unknown, imports: unknown): Promise<unknown> => {
  const { module, instance } = await api.instantiateStreaming(source as Response, imports as WebAssembly.Imports)
  return [module instanceof api.Module, (instance.exports as { g(): number }).g()]
}

const cases: Record<string, Case> = {
  'compileStreaming without arguments': (api) => (api.compileStreaming as unknown as Called)(undefined),
  'instantiateStreaming without arguments': (api) => (api.instantiateStreaming as unknown as Called)(undefined),
  'compileStreaming: how often a thenable is asked': async (api) => {
    let calls = 0
    const then = (done: (response: Response) => void): void => {
      calls++
      done(wasm(MODULE))
    }
    await (api.compileStreaming as unknown as Called)({ then })
    return calls
  },
  'compileStreaming gives a promise': (api) => api.compileStreaming(wasm(MODULE)) instanceof Promise,
}

for (const [name, source] of Object.entries(SOURCES)) {
  cases[`compileStreaming: ${name}`] = (api) => api.compileStreaming(source() as Response)
  cases[`instantiateStreaming: ${name}`] = (api) => call(api, source(), { m: { f: () => 42 } })
}
for (const [name, imports] of Object.entries(IMPORTS)) {
  cases[`instantiateStreaming with ${name}`] = (api) => call(api, wasm(MODULE), imports())
  cases[`instantiateStreaming of what is cut off, with ${name}`] = (api) => call(api, wasm(CUT), imports())
}

export const streaming = cases
