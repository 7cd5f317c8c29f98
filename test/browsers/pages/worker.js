// A classic worker, of which scripts are taken in and no modules.
delete self.WebAssembly
importScripts(location.search === '?es5' ? '/thread.es5.js' : '/thread.js')

self.onmessage = ({ data }) => {
  try {
    const { exports } = self.thread.instantiate({ env: { memory: data.memory } })
    postMessage({ result: exports.run(data.number, data.rounds, data.threads) })
  } catch (error) {
    postMessage({ error: `${error.name}: ${error.message}` })
  }
}
