// Threads: the output does not tell how many there were, nor does the error of a bad module.

import { existsSync } from 'node:fs'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import type { EmittedFunctions } from '../../src/6-emit/functions.ts'
import { completeOptions } from '../../src/options.ts'
import type { Answer, Task } from '../../src/parallel.ts'
import { uleb } from '../binary/leb.ts'

const dist = (file: string): URL => new URL(`../../dist/${file}`, import.meta.url)

const NOP = 0x01
const FUNCS = 70
/** So that the code is long enough to be shared out. */
const PADDING = 32_000

const sized = (...parts: Uint8Array[]): Buffer => {
  const all = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(uleb(all.length)), all])
}
const bytes = (...values: number[]): Buffer => Buffer.from(values)

/** Functions [i32] -> [i32] that use what outputs declare at the top: types, memory, globals, tail calls. */
const CODE: readonly ((index: number) => number[])[] = [
  // local.get 0, i32.load, i32.const 1, i32.add
  () => [0x20, 0, 0x28, 2, 0, 0x41, 1, 0x6a],
  // local.get 0, i32.const 0, call_indirect 0 0
  () => [0x20, 0, 0x41, 0, 0x11, 0, 0],
  // local.get 0, return_call of the next such function, all in one ring
  (index) => [0x20, 0, 0x12, ...uleb((index + CODE.length) % FUNCS)],
  // local.get 0, i64.extend_i32_s, i32.const 0, call_indirect 1 0
  () => [0x20, 0, 0xac, 0x41, 0, 0x11, 1, 0],
  // local.get 0, i32.const 7, i32.div_s, global.set 0, global.get 0
  () => [0x20, 0, 0x41, 7, 0x6d, 0x24, 0, 0x23, 0],
]

/** @param special code of some functions, by their index */
function bigModule(special: Readonly<Record<number, readonly number[]>> = {}): Uint8Array {
  const bodies = Array.from({ length: FUNCS }, (_, index) => {
    const code = special[index] ?? CODE[index % CODE.length]!(index)
    return sized(bytes(0), Buffer.alloc(PADDING, NOP), bytes(...code, 0x0b))
  })
  const section = (id: number, ...parts: Uint8Array[]): Buffer => Buffer.concat([bytes(id), sized(...parts)])
  return Buffer.concat([
    bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0),
    section(1, bytes(2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 1, 0x7e, 1, 0x7f)),
    section(3, bytes(...uleb(FUNCS), ...Array(FUNCS).fill(0))),
    section(4, bytes(1, 0x70, 0, 1)),
    section(5, bytes(1, 0, 1)),
    section(6, bytes(1, 0x7f, 1, 0x41, 0, 0x0b)),
    section(7, bytes(1, 1, 0x61, 0, 0)),
    section(10, bytes(...uleb(FUNCS)), ...bodies),
  ])
}

/** local.get 0, drop: a type error */
const WRONG = [0x20, 0, 0x1a]
/** local.get 0, i8x16.splat, v128.any_true */
const I31 = [0x20, 0, 0xfb, 0x1c, 0xd1]
/** atomic.fence, local.get 0 */
const FENCE = [0xfe, 3, 0, 0x20, 0]

/** What one thread says of every range of a module. */
async function askWorker(module: Uint8Array): Promise<Answer[]> {
  const { port1, port2 } = new MessageChannel()
  const task: Task = {
    bytes: module,
    options: completeOptions(),
    facts: undefined,
    port: port2,
    state: new Int32Array(new SharedArrayBuffer(8)),
  }
  const worker = new Worker(dist('worker.js'), { workerData: task, transferList: [port2] })
  await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject))
  const answers: Answer[] = []
  for (let got = receiveMessageOnPort(port1); got !== undefined; got = receiveMessageOnPort(port1))
    answers.push(got.message)
  return answers
}

describe.runIf(existsSync(dist('worker.js')))('threads', async () => {
  const { compile } = await import(dist('index.js').href)

  it('give the bytes that one thread gives', () => {
    const module = bigModule()
    const one = compile(module, { jobs: 1 }).code
    expect(one).toContain('tail_call')
    expect(compile(module, { jobs: 2 }).code === one).toBe(true)
    expect(compile(module, { jobs: 2, engine: 'interpreter' }).code === one).toBe(false)
  })

  it('refuse a module for its first bad function', () => {
    const message = 'invalid: type mismatch: end expects i32, found nothing (func 40,'
    for (const jobs of [1, 2]) expect(() => compile(bigModule({ 40: WRONG }), { jobs })).toThrow(message)
  })

  it('refuse a module for all features that are lacking, but for what is not valid before', () => {
    const lacking = { 1: FENCE, 30: I31, 69: FENCE }
    const message = 'unsupported: gc, threads; switched off'
    const features = { gc: false, threads: false }
    for (const jobs of [1, 2]) {
      expect(() => compile(bigModule(lacking), { jobs, features })).toThrow(message)
      expect(() => compile(bigModule({ ...lacking, 60: WRONG }), { jobs, features })).toThrow('found nothing (func 60,')
    }
  })

  it('compile every range they take', async () => {
    const answers = await askWorker(bigModule())
    expect(answers.map(({ index }) => index)).toEqual(Array.from(answers, (_, index) => index))
    const text = answers.flatMap(({ functions }) => (functions as EmittedFunctions).chunks).join('')
    expect(compile(bigModule()).code).toContain(text)
  })

  it('say of a bad range that it is to be done again', async () => {
    const answers = await askWorker(bigModule({ 0: WRONG }))
    expect(answers[0]).toEqual({ index: 0, functions: undefined })
    expect(answers[1]!.functions).toBeDefined()
  })
})
