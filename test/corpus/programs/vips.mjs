// libvips, C++ with threads (Emscripten's pthreads in worker threads), SIMD and exceptions, which are legacy ones.
import { digest, picture } from '../inputs.mjs'

export async function run() {
  const { default: start } = await import('wasm-vips')
  const vips = await start({ dynamicLibraries: [] })
  const { width, height, data } = picture(320, 200)
  const image = vips.Image.newFromMemory(new Uint8Array(data), width, height, 4, vips.BandFormat.uchar)
  const rgb = image.flatten({ background: [40, 80, 120] }).copy({ interpretation: 'srgb' })
  const pictures = {
    resized: rgb.resize(0.37),
    sharper: rgb.sharpen({ sigma: 1.5 }),
    blurred: rgb.gaussblur(3.2),
    turned: rgb.rotate(31),
    colors: rgb.colourspace('lab').colourspace('srgb'),
    sums: rgb.linear([1.1, 0.9, 1.3], [-3, 5, 0]).cast('uchar'),
    edges: rgb.sobel(),
    shrunk: rgb.thumbnailImage(77),
  }
  const results = Object.entries(pictures).map(([name, made]) => {
    return [name, made.width, made.height, made.bands, digest(made.writeToMemory()), made.avg(), made.deviate()]
  })
  for (const suffix of ['.png', '.jpg', '.webp', '.tif', '.gif']) {
    const file = rgb.writeToBuffer(suffix)
    const seen = vips.Image.newFromBuffer(file)
    results.push([suffix, file.length, digest(file), digest(seen.writeToMemory())])
  }
  results.push(message(() => vips.Image.newFromBuffer(Uint8Array.of(1, 2, 3, 4))))
  results.push(message(() => rgb.extractArea(0, 0, 1000, 1000)))
  vips.shutdown()
  return results
}

function message(action) {
  try {
    return action()
  } catch (error) {
    return `${error.name}: ${error.message}`
  }
}
