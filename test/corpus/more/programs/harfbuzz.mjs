// HarfBuzz, which shapes text: Emscripten with callbacks into JavaScript through the table of functions.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { digest } from '../../inputs.mjs'

export async function run() {
  const require = createRequire(import.meta.url)
  const hb = await import('harfbuzzjs')
  const results = []
  for (const name of ['DejaVuSans', 'DejaVuSerif-BoldItalic', 'DejaVuSansMono']) {
    const face = new hb.Face(
      new hb.Blob(new Uint8Array(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`))).buffer),
    )
    const font = new hb.Font(face)
    for (const text of [
      'office affluent AVAVA',
      'مرحبا بالعالم',
      'Ελληνικά ά',
      'a\u0301\u0323e\u0308',
      '1\u204423 \ud835\udd38',
    ]) {
      const buffer = new hb.Buffer()
      buffer.addText(text)
      buffer.guessSegmentProperties()
      hb.shape(font, buffer)
      const infos = buffer.getGlyphInfos()
      const paths = infos.map(({ codepoint }) => font.glyphToPath(codepoint))
      results.push([text, JSON.stringify(infos), JSON.stringify(buffer.getGlyphPositions()), digest(paths.join())])
    }
  }
  return results
}
