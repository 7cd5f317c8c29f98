// PDFium draws a document that is written here by hand.
import { digest, text } from '../../inputs.mjs'

export async function run() {
  const { PDFiumLibrary } = await import('@hyzyla/pdfium')
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(pdf())
  const results = []
  for (let i = 0; i < document.getPageCount(); i++) {
    const { width, height } = document.getPage(i).getOriginalSize()
    results.push(width, height, document.getPage(i).getText().slice(0, 100))
    for (const scale of [0.7, 2]) {
      const picture = await document.getPage(i).render({ scale, render: 'bitmap' }) // and closes the page
      results.push([picture.width, picture.height, digest(picture.data)])
    }
  }
  document.destroy()
  const broken = await library.loadDocument(Buffer.from('no document')).catch((error) => error.message)
  library.destroy()
  return [...results, typeof broken === 'string' ? broken : 'loaded']
}

/** Two pages with lines, curves, a gradient and text. */
function pdf() {
  const contents = [1, 2].map((seed) => {
    const lines = text(500, seed)
      .split('\n')
      .map((line, y) => `1 0 0 1 20 ${340 - y * 18} Tm (${line}) Tj`)
    return `q 1 0.4 0.1 rg 30 40 ${60 * seed} 90 re f Q 0 0 1 RG ${seed * 2} w 10 10 m 120 350 200 20 290 ${300 / seed} c S
/G sh BT /F${seed} ${11 * seed} Tf ${lines.join('\n')} ET`
  })
  const shading =
    '<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 200 300 260] /Function << /FunctionType 2 /Domain [0 1] /C0 [1 1 0] /C1 [0 0.5 1] /N 1.7 >> >>'
  const page = (content) => `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents ${content} 0 R /Resources <<
/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> /F2 << /Type /Font /Subtype /Type1 /BaseFont /Times-BoldItalic >> >> /Shading << /G 7 0 R >> >> >>`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    page(5),
    page(6),
    ...contents.map((content) => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`),
    shading,
  ]
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(
    `${file}xref\n0 8\n0000000000 65535 f \n${table}trailer << /Size 8 /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
  )
}
