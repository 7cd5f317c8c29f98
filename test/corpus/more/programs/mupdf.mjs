// MuPDF: C with longjmp (exceptions of Wasm), fonts inside, and a loader that unpacks the module. Makes a document, draws its pages, and takes
// text out again; a broken file and a missing page are errors out of deep calls.
import { digest, text } from '../../inputs.mjs'

export async function run() {
  const mupdf = await import('mupdf')
  const file = write(mupdf)
  const document = mupdf.Document.openDocument(file, 'application/pdf')
  const results = [document.countPages(), document.getMetaData('format')]
  for (let i = 0; i < document.countPages(); i++) {
    const page = document.loadPage(i)
    for (const scale of [0.5, 1.3]) {
      const picture = page.toPixmap(mupdf.Matrix.scale(scale, scale), mupdf.ColorSpace.DeviceRGB, false, true)
      results.push([picture.getWidth(), picture.getHeight(), digest(picture.getPixels()), digest(picture.asPNG())])
    }
    const words = page.toStructuredText('preserve-whitespace')
    results.push(words.asText().slice(0, 80), digest(words.asJSON()), page.search('memory').length)
  }
  const html = mupdf.Document.openDocument(new TextEncoder().encode(PAGE), 'text/html')
  html.layout(300, 400, 11)
  results.push(
    html.countPages(),
    digest(html.loadPage(0).toPixmap(mupdf.Matrix.identity, mupdf.ColorSpace.DeviceGray).getPixels()),
  )
  const attempts = [
    () => document.loadPage(77),
    () => mupdf.Document.openDocument(file.slice(0, 40), 'application/pdf'),
    () => mupdf.Document.openDocument(Uint8Array.of(1, 2, 3), 'image/png').loadPage(0),
  ]
  for (const attempt of attempts) {
    try {
      attempt()
      results.push('no error')
    } catch (error) {
      results.push(error.message)
    }
  }
  return results
}

function write(mupdf) {
  const pdf = new mupdf.PDFDocument()
  const font = pdf.addSimpleFont(new mupdf.Font('Times-Roman'))
  for (let i = 0; i < 3; i++) {
    const lines = text(400, i + 1)
      .split('\n')
      .map((line, y) => `1 0 0 1 20 ${360 - y * 16} Tm (${line}) Tj`)
    const content = `0.8 0.9 1 rg 10 10 ${100 + i * 40} 120 re f 0 0 0.4 RG 3 w 20 20 m 90 ${200 + i * 9} 150 30 280 ${300 - i * 30} c S
      BT /F ${9 + i} Tf 0 g ${lines.join('\n')} ET`
    pdf.insertPage(-1, pdf.addPage([0, 0, 300, 400], 0, pdf.addObject({ Font: { F: font } }), content))
  }
  return pdf.saveToBuffer('compress=no').asUint8Array().slice()
}

const PAGE = `<html><body><h1>Title</h1>${'<p>Some <b>bold</b> and <i>slanted</i> words, &amp; more.</p>'.repeat(12)}
  <table><tr><td>a</td><td>b</td></tr></table></body></html>`
