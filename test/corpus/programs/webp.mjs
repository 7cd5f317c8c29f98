// WebP in C++ with embind: the encoder is a build with SIMD, which the loader takes where the engine has it.
import { digest, packageFile, picture } from '../inputs.mjs'

export async function run(WebAssembly) {
  const [encoder, decoder] = await Promise.all([import('@jsquash/webp/encode.js'), import('@jsquash/webp/decode.js')])
  const compile = (path) => WebAssembly.compile(packageFile(`@jsquash/webp/codec/${path}.wasm`))
  await encoder.init(await compile('enc/webp_enc_simd'))
  await decoder.init(await compile('dec/webp_dec'))
  const image = picture(200, 120)
  const results = []
  for (const options of [{ quality: 30 }, { quality: 90, method: 5, autofilter: 1 }, { lossless: 1 }]) {
    const webp = await encoder.default(image, options)
    const seen = await decoder.default(webp)
    results.push([webp.byteLength, digest(Buffer.from(webp)), seen.width, seen.height, digest(seen.data)])
  }
  return results
}
