// Picture codecs: PNG from Rust, JPEG (MozJPEG) from C++ with embind.
import { digest, packageFile, picture } from '../inputs.mjs'

export async function run(WebAssembly) {
  const codecs = ['png/encode', 'png/decode', 'jpeg/encode', 'jpeg/decode'].map((path) => import(`@jsquash/${path}.js`))
  const [pngOut, pngIn, jpegOut, jpegIn] = await Promise.all(codecs)
  const compile = (path) => WebAssembly.compile(packageFile(`@jsquash/${path}.wasm`))
  await pngOut.init(packageFile('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
  await jpegOut.init(await compile('jpeg/codec/enc/mozjpeg_enc'))
  await jpegIn.init(await compile('jpeg/codec/dec/mozjpeg_dec'))
  const image = picture(320, 200)
  const lossless = await pngOut.default(image)
  const again = await pngIn.default(lossless)
  const results = [[lossless.byteLength, digest(Buffer.from(lossless)), digest(again.data) === digest(image.data)]]
  for (const quality of [20, 85]) {
    const jpeg = await jpegOut.default(image, { quality, progressive: quality > 50 })
    const seen = await jpegIn.default(jpeg)
    results.push([jpeg.byteLength, digest(Buffer.from(jpeg)), seen.width, seen.height, digest(seen.data)])
  }
  return results
}
