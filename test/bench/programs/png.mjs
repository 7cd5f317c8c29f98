// A PNG codec in Rust.
import { digest, packageFile, picture } from '../../corpus/inputs.mjs'

export async function start() {
  const [out, back] = await Promise.all([import('@jsquash/png/encode.js'), import('@jsquash/png/decode.js')])
  await out.init(packageFile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  await back.init(packageFile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  const image = picture(640, 480)
  return async () => {
    const parts = []
    for (let i = 0; i < 20; i++) {
      const packed = await out.default(image)
      const again = await back.default(packed)
      parts.push(digest(Buffer.from(packed)), digest(Buffer.from(again.data.buffer)))
    }
    return parts.join()
  }
}
