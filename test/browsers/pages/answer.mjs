// What a worker answers.
export function answer(instantiate, { memory, number, threads, rounds }) {
  try {
    postMessage({ result: instantiate({ env: { memory } }).exports.run(number, rounds, threads) })
  } catch (error) {
    postMessage({ error: `${error.name}: ${error.message}` })
  }
}
