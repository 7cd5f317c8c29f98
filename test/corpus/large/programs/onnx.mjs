// ONNX Runtime: C++ with threads and SIMD, its tables of kernels, and models that are made here of protocol buffers.
import { digest, randomNumbers } from '../../inputs.mjs'

export async function run() {
  const ort = await import('onnxruntime-web/wasm')
  ort.env.wasm.numThreads = 1
  ort.env.logLevel = 'error'
  const next = randomNumbers(7)
  const floats = (length) => Float32Array.from({ length }, () => (next() % 2001) / 1000 - 1)
  const session = await ort.InferenceSession.create(model(floats))
  const feeds = { image: new ort.Tensor('float32', floats(3 * 16 * 16), [1, 3, 16, 16]) }
  const answers = await session.run(feeds)
  const results = Object.entries(answers).map(([name, { dims, data }]) => [
    name,
    dims,
    digest(data),
    Array.from(data.slice(0, 4)),
  ])
  for (const bytes of [Uint8Array.of(1, 2, 3), new Uint8Array(0)]) {
    await ort.InferenceSession.create(bytes).catch((error) => results.push(error.message))
  }
  await session.release()
  return results
}

const varint = (value) => {
  const bytes = []
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)]
    bytes.push(Number(rest & 127n) | 128)
  }
}
const int = (field, value) => [...varint(field << 3), ...varint(value)]
const part = (field, value) => {
  const bytes = typeof value === 'string' ? [...Buffer.from(value)] : [...value]
  return [...varint((field << 3) | 2), ...varint(bytes.length), ...bytes]
}

/** @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto for the numbers of fields */
const node = (type, inputs, output, attributes = {}) => [
  ...inputs.flatMap((name) => part(1, name)),
  ...part(2, output),
  ...part(4, type),
  ...Object.entries(attributes).flatMap(([name, values]) =>
    part(
      5,
      Array.isArray(values)
        ? [...part(1, name), ...values.flatMap((value) => int(8, value)), ...int(20, 7)]
        : [...part(1, name), ...int(3, values), ...int(20, 2)],
    ),
  ),
]
const tensor = (name, dims, data) => [
  ...dims.flatMap((size) => int(1, size)),
  ...int(2, 1),
  ...part(8, name),
  ...part(9, new Uint8Array(data.buffer)),
]
const value = (name, dims) => [
  ...part(1, name),
  ...part(
    2,
    part(1, [
      ...int(1, 1),
      ...part(
        2,
        dims.flatMap((size) => part(1, int(1, size))),
      ),
    ]),
  ),
]

/** A small network: convolutions, a product, and what comes between them. */
function model(floats) {
  const nodes = [
    node('Conv', ['image', 'w1', 'b1'], 'c1', { pads: [1, 1, 1, 1], strides: [1, 1] }),
    node('Relu', ['c1'], 'r1'),
    node('MaxPool', ['r1'], 'p1', { kernel_shape: [2, 2], strides: [2, 2] }),
    node('Conv', ['p1', 'w2'], 'c2', { group: 8 }),
    node('Sigmoid', ['c2'], 's2'),
    node('Mul', ['s2', 'c2'], 'm2'),
    node('Flatten', ['m2'], 'f2'),
    node('MatMul', ['f2', 'w3'], 'product'),
    node('Softmax', ['product'], 'share'),
    node('Erf', ['product'], 'erf'),
    node('ReduceMean', ['r1'], 'mean', { axes: [2, 3] }),
  ]
  const graph = [
    ...nodes.flatMap((each) => part(1, each)),
    ...part(2, 'graph'),
    ...part(5, tensor('w1', [8, 3, 3, 3], floats(216))),
    ...part(5, tensor('b1', [8], floats(8))),
    ...part(5, tensor('w2', [8, 1, 3, 3], floats(72))),
    ...part(5, tensor('w3', [288, 30], floats(288 * 30))),
    ...part(11, value('image', [1, 3, 16, 16])),
    ...part(12, value('share', [1, 30])),
    ...part(12, value('erf', [1, 30])),
    ...part(12, value('mean', [1, 8, 1, 1])),
  ]
  return Uint8Array.from([...int(1, 8), ...part(7, graph), ...part(8, int(2, 13))])
}
