// Takes one piece of work after the other, and gives each to a worker of its own.

for (;;) {
  const work = await (await fetch('/work')).json()
  await fetch('/done', { method: 'POST', body: JSON.stringify(await inWorker(work)) })
}

function inWorker(work) {
  const worker = new Worker('worker.mjs', { type: 'module' })
  return new Promise((resolve) => {
    const timer = setTimeout(finish, work.limitMs, { problem: `ended after ${work.limitMs / 1000} s` })
    worker.onmessage = ({ data }) => finish(data)
    worker.onerror = ({ message }) => finish({ problem: message ?? 'the worker could not be loaded' })
    worker.postMessage(work)
    function finish(outcome) {
      clearTimeout(timer)
      worker.terminate()
      resolve(outcome)
    }
  })
}
