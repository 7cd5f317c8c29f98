// Threads of a script: each replays its commands in a worker thread, on an engine of its own. Replaying is synchronous, so who
// waits for one sees no events and looks into its port.

import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { type EngineOptions, loadEngine, type SharedInstance, type Thread, type ThreadEngine } from './engine.ts'
import type { Command, Outcome } from './script.ts'

/** What a worker gets. */
export interface ThreadTask {
  readonly options: EngineOptions
  readonly commands: readonly Command[]
  readonly shared: SharedInstance | undefined
  readonly port: MessagePort
  /** The first word is set when the outcomes are sent. */
  readonly done: Int32Array
}

/** Milliseconds: those of the suite take about one second. */
const PATIENCE = 60_000

function start(options: EngineOptions, commands: readonly Command[], shared: SharedInstance | undefined): Thread {
  const { port1, port2 } = new MessageChannel()
  const done = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { options, commands, shared, port: port2, done }
  const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData, transferList: [port2] })
  worker.unref()
  return {
    join(): readonly Outcome[] {
      if (Atomics.wait(done, 0, 0, PATIENCE) === 'timed-out') throw new Error('the thread does not end')
      return (receiveMessageOnPort(port1) as { message: readonly Outcome[] }).message
    },
  }
}

/** @returns the engine, which can start threads */
export async function loadThreadEngine(options: EngineOptions): Promise<ThreadEngine> {
  const engine = await loadEngine(options)
  return { ...engine, startThread: (commands, shared) => start(options, commands, shared) }
}
