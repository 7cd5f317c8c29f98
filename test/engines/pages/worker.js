// A module worker: imports the script.
globalThis.report = (text) => postMessage({ text })
globalThis.onmessage = ({ data }) => import(data).catch((error) => postMessage({ problem: String(error) }))
