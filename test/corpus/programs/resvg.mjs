// resvg, an SVG renderer in Rust: shapes, gradients, clips, filters, to pixels and to PNG.
import { digest, packageFile, randomNumbers } from '../inputs.mjs'

export async function run() {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
  await initWasm(packageFile('@resvg/resvg-wasm/index_bg.wasm'))
  const results = [320, 111].map((width) => {
    const image = new Resvg(drawing(), { fitTo: { mode: 'width', value: width }, background: '#eef' }).render()
    return [image.width, image.height, digest(image.pixels), digest(image.asPng())]
  })
  const box = new Resvg(drawing()).getBBox()
  return { results, box: [box.x, box.y, box.width, box.height], error: errorOf(() => new Resvg('<svg')) }
}

function drawing() {
  const next = randomNumbers(9)
  const paths = Array.from({ length: 60 }, (_, i) => {
    const [x, y, r] = [next() % 300, next() % 200, (next() % 50) + 5]
    return `<path d="M${x} ${y} q${r} ${-r} ${r * 2} 0 t${r} ${r / 3} a${r} ${r / 2} 30 1 0 -${r} ${r} z"
      fill="url(#g)" fill-opacity="${i / 60}" stroke="hsl(${i * 6}, 70%, 50%)" stroke-dasharray="${i % 7} 3"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><defs>
    <linearGradient id="g"><stop offset="0" stop-color="#f06"/><stop offset="1" stop-color="#06f"/></linearGradient>
    <filter id="b"><feGaussianBlur stdDeviation="3"/><feTurbulence baseFrequency=".05" result="t"/>
    <feDisplacementMap in="SourceGraphic" in2="t" scale="9"/></filter>
    <clipPath id="c"><circle cx="160" cy="100" r="95"/></clipPath></defs>
    <g clip-path="url(#c)">${paths.join('')}</g><rect x="20" y="20" width="90" height="60" filter="url(#b)"/></svg>`
}

function errorOf(action) {
  try {
    return action()
  } catch (error) {
    return String(error)
  }
}
