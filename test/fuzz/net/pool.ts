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
  /** Milliseconds of CPU that a task may take; several times as long by the clock. */
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
    let hung = false
    let watch = watchdog(child, STARTING, () => {
      hung = true
    })
    const start = (): void => {
      watch = watchdog(child, options.limit(task!), () => {
        hung = true
      })
      child.send(task!)
    }
    child.on('message', (report: Report) => {
      clearInterval(watch)
      options.onReport(report)
      if (report.kind === 'ready') return start()
      done++
      task = options.next()
      if (task === undefined || done >= TASKS_PER_PROCESS) child.disconnect()
      else start()
    })
    child.on('exit', () => {
      clearInterval(watch)
      if (task === undefined || done >= TASKS_PER_PROCESS) return resolve(task)
      options.onReport({ kind: 'lost', task, why: hung ? 'hung' : 'died', status: statusOf(status) })
      resolve(undefined)
    })
  })
}

const STARTING = 60_000
/** Milliseconds between two looks at a process. */
const LOOK = 2000
/** On a machine with much to do, and where processes started by this one work, clocks say little. */
const CLOCK_FACTOR = 8

/** Kills a process that takes too long, having called `onKill`. */
function watchdog(child: ChildProcess, limit: number, onKill: () => void): NodeJS.Timeout {
  const [started, used] = [Date.now(), cpuOf(child)]
  return setInterval(() => {
    const clock = Date.now() - started
    const cpu = used === undefined ? clock : (cpuOf(child) ?? 0) - used
    if (cpu < limit && clock < CLOCK_FACTOR * limit) return
    onKill()
    child.kill('SIGKILL')
  }, LOOK)
}

/** Milliseconds of CPU that a process has used; undefined where the system does not say. */
function cpuOf({ pid }: ChildProcess): number | undefined {
  try {
    // Behind the name, which may have spaces: fields 14 and 15, in hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}

function statusOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n')[0]!.trim()
  } catch {
    return ''
  }
}
