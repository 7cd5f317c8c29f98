// Runs the program in four Web Workers of each kind, on one memory, and sends what came out to the server. The page has no
// WebAssembly, and neither have the workers.
delete globalThis.WebAssembly
const { instantiate } = await import('/maker.mjs')

const THREADS = 4
const KINDS = {
  module: ['/worker.mjs', { type: 'module' }],
  classic: ['/worker.js'],
  'classic, ES5': ['/worker.js?es5'],
}

async function run(kind) {
  const { exports } = instantiate()
  const answers = await Promise.all(
    Array.from({ length: THREADS }, (_, number) => answer(kind, number + 1, exports.memory)),
  )
  const pages = answers.map((answered) => answered % 100)
  const numbers = answers.map(
    (answered, i) => exports.far(pages[i] * 65536) === i + 1 && Math.floor(answered / 100) === i + 1,
  )
  return {
    count: exports.count(),
    sum: String(exports.sum()),
    size: exports.size(),
    length: exports.memory.buffer.byteLength,
    pages: pages.sort(),
    numbers,
    wait: attempt(exports.wait),
  }
}

function answer(kind, number, memory) {
  const worker = new Worker(...KINDS[kind])
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result))
    worker.onerror = (event) => reject(new Error(event.message ?? 'a worker could not start'))
    worker.postMessage({ memory, number, threads: THREADS, rounds: ROUNDS })
  }).finally(() => worker.terminate())
}

/** A page may not wait: it traps. */
function attempt(action) {
  try {
    return action()
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}

const results = { isolated: globalThis.crossOriginIsolated }
for (const kind of Object.keys(KINDS)) results[kind] = await run(kind).catch((error) => ({ error: String(error) }))
await fetch('/done', { method: 'POST', body: JSON.stringify(results) })
