// A module worker.
delete globalThis.WebAssembly
const loaded = Promise.all([import('/thread.mjs'), import('/answer.mjs')])

globalThis.onmessage = async ({ data }) => {
  const [{ instantiate }, { answer }] = await loaded
  answer(instantiate, data)
}
