// Two threads that wake each other, on one contestant in a process of its own: prints one line of JSON. Argument: that of
// child-kernel.mjs. The memory is made by the contestant and posted to the other thread.
import { readFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { measure } from './measure.mjs'

const LOADERS = {
  wasm: async (file, memory) =>
    new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env: { memory } }).exports,
  nowasm: async (file, memory) => (await import(pathToFileURL(file).href)).instantiate({ env: { memory } }).exports,
}

if (isMainThread) {
  const { how, file, ...work } = JSON.parse(process.argv[2])
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true })
  let other
  const load = async () => {
    other = new Worker(fileURLToPath(import.meta.url), { workerData: { how, file, memory } })
    await new Promise((resolve) => other.once('message', resolve))
    return (await LOADERS[how](file, memory)).run
  }
  console.log(JSON.stringify(await measure(load, work)))
  process.exit(0)
} else {
  const { how, file, memory } = workerData
  const { answer } = await LOADERS[how](file, memory)
  const { parentPort } = await import('node:worker_threads')
  parentPort.postMessage('ready')
  answer()
}
