// Asks the server for one script after another, and runs it where the page's address says: in the page, in a module worker or in
// a service worker. What the script reports is sent to the server, or the error that it ended with.
const kind = location.search.slice(1)
const send = (report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) })

let done
globalThis.report = (text) => done({ text })
addEventListener('error', (event) => done?.({ problem: event.message }))

const KINDS = {
  page(url) {
    const script = document.createElement('script')
    script.src = url
    script.onerror = () => done({ problem: 'the script does not load' })
    document.head.append(script)
    script.onload = () => script.remove()
  },
  worker(url) {
    const worker = new Worker('/worker.js', { type: 'module' })
    const end = (report) => {
      worker.terminate()
      done(report)
    }
    worker.onmessage = ({ data }) => end(data)
    worker.onerror = (event) => end({ problem: event.message ?? 'the worker does not start' })
    worker.postMessage(url)
  },
  async service(url) {
    // It sends what it reports by itself, while it is installed.
    const registration = await navigator.serviceWorker.register(`/service.js?${url}`)
    const worker = registration.installing
    const isOver = () => ['installed', 'activated', 'redundant'].includes(worker?.state ?? 'redundant')
    while (!isOver()) await new Promise((changed) => worker.addEventListener('statechange', changed, { once: true }))
    done(undefined)
    await registration.unregister()
  },
}

for (;;) {
  const url = await (await fetch('/next')).text()
  if (url === '') break
  const reported = await new Promise((resolve, reject) => {
    done = resolve
    Promise.resolve(KINDS[kind](url)).catch((error) => resolve({ problem: String(error) }), reject)
  })
  if (reported) await send(reported)
}
