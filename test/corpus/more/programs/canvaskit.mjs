// Skia, in C++ behind embind: drawn into memory, read back pixel by pixel.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digest, picture } from '../../inputs.mjs'

export async function run() {
  const require = createRequire(import.meta.url)
  const kit = await require('canvaskit-wasm/full')()
  const surface = kit.MakeSurface(200, 150)
  const results = []
  const read = (name) => {
    surface.flush()
    const image = surface.makeImageSnapshot()
    const info = {
      width: 200,
      height: 150,
      colorType: kit.ColorType.RGBA_8888,
      alphaType: kit.AlphaType.Unpremul,
      colorSpace: kit.ColorSpace.SRGB,
    }
    results.push([name, digest(image.readPixels(0, 0, info)), digest(image.encodeToBytes(kit.ImageFormat.PNG, 100))])
    image.delete()
  }
  const canvas = surface.getCanvas()
  const paint = new kit.Paint()
  paint.setAntiAlias(true)
  canvas.clear(kit.Color(250, 240, 230, 1))
  const path = kit.Path.MakeFromSVGString('M 20 20 C 80 0 120 130 180 40 L 150 130 Q 60 90 20 140 Z')
  paint.setShader(
    kit.Shader.MakeLinearGradient([0, 0], [200, 150], [kit.RED, kit.BLUE, kit.GREEN], [0, 0.4, 1], kit.TileMode.Mirror),
  )
  canvas.drawPath(path, paint)
  read('path')
  paint.setShader(kit.Shader.MakeTurbulence(0.05, 0.07, 3, 7, 0, 0))
  paint.setBlendMode(kit.BlendMode.Multiply)
  canvas.drawRRect(kit.RRectXY(kit.XYWHRect(30, 40, 120, 80), 17, 9), paint)
  read('noise')
  paint.setShader(null)
  paint.setBlendMode(kit.BlendMode.SrcOver)
  paint.setImageFilter(kit.ImageFilter.MakeBlur(3, 2, kit.TileMode.Decal, null))
  canvas.rotate(12, 100, 75)
  canvas.drawCircle(100, 70, 33, paint)
  read('blurred')
  paint.setImageFilter(null)
  const face = kit.Typeface.MakeTypefaceFromData(
    readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSerif.ttf')).buffer,
  )
  const font = new kit.Font(face, 23)
  canvas.drawText('Wäsm ffi 123', 10, 60, paint, font)
  results.push(Array.from(font.getGlyphWidths(font.getGlyphIDs('Wasm'))))
  read('text')
  const { width, height, data } = picture(64, 48)
  const info = {
    width,
    height,
    colorType: kit.ColorType.RGBA_8888,
    alphaType: kit.AlphaType.Unpremul,
    colorSpace: kit.ColorSpace.SRGB,
  }
  const image = kit.MakeImage(info, data, width * 4)
  canvas.drawImageCubic(image, 60, 30, 1 / 3, 1 / 3, paint)
  read('image')
  const dashed = path.makeDashed(12, 5, 3).makeStroked({ width: 4, join: kit.StrokeJoin.Round })
  const shape = kit.Path.MakeFromOp(dashed, path, kit.PathOp.Difference)
  results.push(shape.toSVGString().length, digest(shape.toSVGString()), Array.from(shape.computeTightBounds()))
  const effect = kit.RuntimeEffect.Make(
    'uniform float k; half4 main(float2 p) { return half4(fract(sin(p.x * k) * 9), p.y / 150, k, 1); }',
  )
  paint.setShader(effect.makeShader([0.37]))
  canvas.drawPaint(paint)
  read('shader')
  return results
}
