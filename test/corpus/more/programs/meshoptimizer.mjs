// Meshes made small and simple: modules with SIMD and without, written as text of an encoding of their own in the loader.
import { digest, randomNumbers } from '../../inputs.mjs'

export async function run() {
  const { MeshoptClusterizer, MeshoptDecoder, MeshoptEncoder, MeshoptSimplifier, MeshoptTangents } = await import(
    'meshoptimizer'
  )
  const all = [MeshoptClusterizer, MeshoptDecoder, MeshoptEncoder, MeshoptSimplifier, MeshoptTangents]
  await Promise.all(all.map(({ ready }) => ready))
  const { positions, indices } = hills(90)
  const results = []
  const [remap, unique] = MeshoptEncoder.reorderMesh(indices, true, true)
  results.push(unique, digest(remap))
  const packed = MeshoptEncoder.encodeIndexBuffer(new Uint8Array(indices.buffer), indices.length, 4)
  const unpacked = new Uint8Array(indices.byteLength)
  MeshoptDecoder.decodeIndexBuffer(unpacked, indices.length, 4, packed)
  results.push(packed.length, digest(packed), digest(unpacked))
  const vertices = positions.length / 3
  for (const version of [0, 1]) {
    const encoded = MeshoptEncoder.encodeVertexBufferLevel(new Uint8Array(positions.buffer), vertices, 12, 2, version)
    const decoded = new Uint8Array(positions.byteLength)
    MeshoptDecoder.decodeVertexBuffer(decoded, vertices, 12, encoded)
    results.push(encoded.length, digest(encoded), digest(decoded))
  }
  const normals = Float32Array.from({ length: vertices * 4 }, (_, i) => Math.sin(i * 0.37))
  for (const [filter, encode, bits, stride] of [
    ['OCTAHEDRAL', 'encodeFilterOct', 8, 4],
    ['QUATERNION', 'encodeFilterQuat', 12, 8],
    ['EXPONENTIAL', 'encodeFilterExp', 15, 16],
  ]) {
    const filtered = MeshoptEncoder[encode](normals, vertices, stride, bits)
    const file = MeshoptEncoder.encodeGltfBuffer(filtered, vertices, stride, 'ATTRIBUTES')
    const back = new Uint8Array(vertices * stride)
    MeshoptDecoder.decodeGltfBuffer(back, vertices, stride, file, 'ATTRIBUTES', filter)
    results.push(filter, digest(filtered), digest(file), digest(back))
  }
  const broken = packed.slice(0, packed.length >> 1)
  try {
    MeshoptDecoder.decodeIndexBuffer(unpacked, indices.length, 4, broken)
  } catch (error) {
    results.push(error.message)
  }
  for (const share of [0.5, 0.1]) {
    const [simple, error] = MeshoptSimplifier.simplify(
      indices,
      positions,
      3,
      3 * Math.floor((indices.length * share) / 3),
      0.05,
    )
    results.push(simple.length, digest(simple), error)
  }
  const clusters = MeshoptClusterizer.buildMeshlets(indices, positions, 3, 64, 124, 0.2)
  results.push(clusters.meshletCount, digest(clusters.vertices), digest(clusters.triangles))
  return results
}

/** A square of so many points to a side, with some noise in height. */
function hills(side) {
  const next = randomNumbers(5)
  const positions = new Float32Array(side * side * 3)
  const indices = []
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * side + x
      positions.set([x, y, Math.sin(x / 9) * Math.cos(y / 7) * 5 + (next() % 100) / 400], at * 3)
      if (x + 1 < side && y + 1 < side) indices.push(at, at + 1, at + side, at + side, at + 1, at + side + 1)
    }
  }
  return { positions, indices: Uint32Array.from(indices) }
}
