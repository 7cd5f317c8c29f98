// Engines that are commands: each entry of a run is a process of its own.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * The Engine (../engines.mjs) behind a command that takes a script and its argument as Node does.
 * @param preload its option for a module that comes before the script, in each worker too
 */
export const processEngine = (command, version, preload = '--import') => ({
  version,
  run: (entry, limitMs) => runChild(command, entry, limitMs, preload),
  close() {},
})

function runChild(command, { flags, preload, child, argument }, limitMs, option) {
  const before = preload ? [option, preload] : []
  const script = fileURLToPath(new URL(`../${child}.mjs`, import.meta.url))
  return runCommand(command, [...flags, ...before, script, JSON.stringify(argument)], limitMs)
}

/** Resolves to the JSON in the last line that a command prints; rejects with why there is none. */
export function runCommand(command, args, limitMs) {
  const options = { timeout: limitMs, stdio: ['ignore', 'pipe', 'pipe'], killSignal: 'SIGKILL' }
  const running = spawn(command, args, options)
  let out = ''
  let errors = ''
  running.stdout.on('data', (data) => {
    out += data
  })
  running.stderr.on('data', (data) => {
    errors += data
  })
  return new Promise((resolve, reject) => {
    running.on('error', reject)
    running.on('close', (code, signal) => {
      const line = out.trim().split('\n').at(-1)
      if (code === 0 && line.startsWith('{')) resolve(JSON.parse(line))
      else if (signal) reject(new Error(`ended after ${limitMs / 1000} s`))
      else reject(new Error(lastError(errors, code)))
    })
  })
}

/** The line that names the error; loaders print whole sources before it. */
function lastError(errors, code) {
  const line = errors.split('\n').find((each) => /^(\w*Error|Uncaught|error:|#)/.test(each))
  return (line ?? `exit ${code}: ${errors.slice(-200)}`).trim().slice(0, 200)
}
