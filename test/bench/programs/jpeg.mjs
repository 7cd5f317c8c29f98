// A JPEG codec (MozJPEG), in C++ with embind.
import { digest, packageFile, picture } from '../../corpus/inputs.mjs'

export async function start(WebAssembly) {
  const [out, back] = await Promise.all([import('@jsquash/jpeg/encode.js'), import('@jsquash/jpeg/decode.js')])
  const compile = (path) => WebAssembly.compile(packageFile(`@jsquash/jpeg/codec/${path}.wasm`))
  await out.init(await compile('enc/mozjpeg_enc'))
  await back.init(await compile('dec/mozjpeg_dec'))
  const image = picture(640, 480)
  return async () => {
    const parts = []
    for (const quality of [30, 85]) {
      const packed = await out.default(image, { quality, progressive: quality > 50 })
      for (let i = 0; i < 10; i++) parts.push(digest(Buffer.from((await back.default(packed)).data.buffer)))
      parts.push(digest(Buffer.from(packed)))
    }
    return parts.join()
  }
}
