// One program on one engine: node test/corpus/run.mjs PROGRAM [native|nowasm|jitless|aot]
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { precompile } from './aot.mjs'
import { engines, NO_EVAL } from './engines.mjs'
import { install } from './install.mjs'
import { allPrograms, importProgram } from './programs.mjs'

const child = fileURLToPath(new URL('./child.mjs', import.meta.url))
const worker = new URL('./worker.mjs', import.meta.url).href

/** A program that hangs is ended after this time; the slowest one under node --jitless needs minutes. */
const LIMIT_MS = 900_000

/**
 * Runs a program of the programs folder in a fresh process.
 * @param {{ saveModules?: boolean }} [options] saveModules: write each compiled module's bytes to the cache folder
 * @returns what child.mjs sends: `output` and `memories` (JSON text), `modules`, `compileMs`, `totalMs`, `peakMb`
 * @throws when the process ends without an outcome; the message ends with what it wrote to stderr
 */
export async function runProgram(name, engine, { saveModules = false } = {}) {
  const { prepare, evaluatesText = false, sharesNatively = false } = await importProgram(name)
  await prepare?.()
  const env = { ...process.env, CORPUS_ENGINE: engine, ...(saveModules ? { CORPUS_SAVE_MODULES: '1' } : {}) }
  if (sharesNatively) env.CORPUS_SHARES_NATIVELY = '1'
  if (engine === 'aot') {
    const { modules } = await runProgram(name, 'native', { saveModules: true })
    const hashes = new Set(modules.map(({ sha256 }) => sha256))
    await precompile(hashes)
    env.CORPUS_MODULES = [...hashes].join()
  }
  const flags = engines[engine].flags.filter((flag) => !(evaluatesText && flag === NO_EVAL))
  const process_ = fork(child, [name, engine], {
    execArgv: [...flags, '--import', worker],
    silent: true,
    env,
    timeout: LIMIT_MS,
  })
  let errors = ''
  process_.stderr.on('data', (data) => {
    errors += data
  })
  process_.stdout.resume()
  return new Promise((resolve, reject) => {
    let outcome
    process_.on('message', (message) => {
      outcome = message
    })
    process_.on('error', reject)
    process_.on('close', (code, signal) => {
      if (outcome) resolve(outcome)
      else reject(new Error(`${name} on ${engine}: exit ${code ?? signal}\n${lastLines(errors)}`))
    })
  })
}

/** Loaders print whole base64 sources before a stack trace: the end of long lines and texts is what matters. */
function lastLines(text) {
  return text
    .split('\n')
    .map((line) => (line.length > 300 ? `${line.slice(0, 300)}...` : line))
    .slice(-30)
    .join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, engine = 'native'] = process.argv.slice(2)
  if (!engines[engine] || !allPrograms.includes(name)) {
    console.error(`usage: node test/corpus/run.mjs PROGRAM [${Object.keys(engines).join('|')}]`)
    process.exit(2)
  }
  install([name])
  const { output, memories, ...figures } = await runProgram(name, engine)
  console.log(output)
  console.log(memories)
  console.log(JSON.stringify(figures, null, 2))
}
