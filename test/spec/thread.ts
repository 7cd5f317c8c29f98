// The thread of a script, in a worker: replays the commands and sends their outcomes.

import { workerData } from 'node:worker_threads'
import { replay } from './replay.ts'
import { loadThreadEngine, type ThreadTask } from './threads.ts'

const { options, commands, shared, port, done } = workerData as ThreadTask
const engine = await loadThreadEngine(options)
port.postMessage(replay({ commands }, engine, undefined, shared))
Atomics.store(done, 0, 1)
Atomics.notify(done, 0)
