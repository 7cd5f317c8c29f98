// TensorFlow.js on its Wasm backend, whose loader takes the build with SIMD where the engine has it.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { digest, randomNumbers } from '../../inputs.mjs'

export async function run() {
  const require = createRequire(import.meta.url)
  const tf = require('@tensorflow/tfjs-core')
  const wasm = require('@tensorflow/tfjs-backend-wasm')
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))}/`)
  await tf.setBackend('wasm')
  await tf.ready()
  const next = randomNumbers(9)
  const random = (...shape) => {
    const size = shape.reduce((product, length) => product * length, 1)
    return tf.tensor(
      Float32Array.from({ length: size }, () => (next() % 2001) / 1000 - 1),
      shape,
    )
  }
  const [a, b] = [random(90, 120), random(120, 70)]
  const image = random(1, 40, 40, 3)
  const results = {
    product: tf.matMul(a, b),
    convolved: tf.conv2d(image, random(3, 3, 3, 8), 1, 'same'),
    depthwise: tf.depthwiseConv2d(image, random(3, 3, 3, 2), 2, 'valid'),
    pooled: tf.maxPool(image, 3, 2, 'same'),
    resized: tf.image.resizeBilinear(image, [23, 31]),
    softened: tf.softmax(a),
    sums: tf.sum(a, 1),
    chain: tf.sigmoid(tf.add(tf.mul(tf.relu(a), tf.scalar(0.5)), tf.sqrt(tf.abs(a)))),
    sorted: tf.topk(a, 5).values,
    turned: tf.transpose(image, [0, 3, 1, 2]),
    integers: tf.floorDiv(tf.range(0, 100, 1, 'int32'), tf.scalar(7, 'int32')),
  }
  return [
    tf.getBackend(),
    ...Object.entries(results).map(([name, made]) => [name, made.shape, digest(made.dataSync())]),
  ]
}
