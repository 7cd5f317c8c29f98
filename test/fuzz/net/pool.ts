// The processes that do the work, and what is done when one of them hangs or dies.

import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildSettings, type Report, SETTINGS, type Task } from './protocol.ts'

/** How a task ended without a report. */
export interface Lost {
  readonly kind: 'lost'
  readonly task: Task
  readonly why: 'hung' | 'died'
  /** What the process had said that it would do. */
  readonly status: string
}

export interface PoolOptions {
  readonly jobs: number
  /** The Node to run, and its arguments. */
  readonly node: string
  readonly settings: Omit<ChildSettings, 'status'>
  /** Milliseconds that a task may take. */
  readonly limit: (task: Task) => number
  /** The next task, or undefined if there is none now. */
  readonly next: () => Task | undefined
  readonly onReport: (report: Report | Lost) => void
}

const CHILD = join(import.meta.dirname, 'child.js')
/** Memory that processes keep grows with the modules they have seen. */
const TASKS_PER_PROCESS = 300
/** Kilobytes: below what a thread has by default on Linux. */
const STACK = 3900

/** Does all tasks there are, and resolves when there are no more. */
export async function runPool(options: PoolOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-fuzz-'))
  try {
    await Promise.all(Array.from({ length: options.jobs }, (_, i) => runSeat(options, join(folder, `status ${i}`))))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One process after the other. */
async function runSeat(options: PoolOptions, status: string): Promise<void> {
  for (let task = options.next(); task !== undefined; ) {
    task = await runProcess(options, status, task)
    task ??= options.next()
  }
}

/** @returns the task that comes after those that this process has done */
function runProcess(options: PoolOptions, status: string, first: Task): Promise<Task | undefined> {
  const settings: ChildSettings = { ...options.settings, status }
  const child = fork(CHILD, {
    execPath: options.node,
    execArgv: [`--stack-size=${STACK}`],
    env: { ...process.env, [SETTINGS]: JSON.stringify(settings) },
    serialization: 'advanced',
  })
  return new Promise((resolve) => {
    let task: Task | undefined = first
    let done = 0
    let timer = setTimeout(() => kill(child), STARTING)
    let hung = false
    const start = (): void => {
      timer = setTimeout(() => {
        hung = true
        kill(child)
      }, options.limit(task!))
      child.send(task!)
    }
    child.on('message', (report: Report) => {
      clearTimeout(timer)
      options.onReport(report)
      if (report.kind === 'ready') return start()
      done++
      task = options.next()
      if (task === undefined || done >= TASKS_PER_PROCESS) child.disconnect()
      else start()
    })
    child.on('exit', () => {
      clearTimeout(timer)
      if (task === undefined || done >= TASKS_PER_PROCESS) return resolve(task)
      options.onReport({ kind: 'lost', task, why: hung ? 'hung' : 'died', status: statusOf(status) })
      resolve(undefined)
    })
  })
}

const STARTING = 60_000

const kill = (child: ChildProcess): void => void child.kill('SIGKILL')

function statusOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n')[0]!.trim()
  } catch {
    return ''
  }
}
