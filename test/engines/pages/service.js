// A service worker: takes the script in while it starts, as it must, and sends what it reports while it is installed.
let reported = { problem: 'no report' }
globalThis.report = (text) => {
  reported = { text }
}
try {
  importScripts(location.search.slice(1))
} catch (error) {
  reported = { problem: String(error) }
}
addEventListener('install', (event) => {
  event.waitUntil(fetch('/report', { method: 'POST', body: JSON.stringify(reported) }))
})
