// resvg, an SVG renderer in Rust: paths, gradients, clips and filters, to pixels.
import { digest, packageFile, randomNumbers } from '../../corpus/inputs.mjs'

export async function start() {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm')
  await initWasm(packageFile('@resvg/resvg-wasm/index_bg.wasm'))
  const svg = drawing()
  return () => {
    const image = new Resvg(svg, { fitTo: { mode: 'width', value: 800 }, background: '#eef' }).render()
    const result = digest(image.pixels) + digest(image.asPng())
    image.free()
    return result
  }
}

function drawing() {
  const next = randomNumbers(9)
  const paths = Array.from({ length: 300 }, (_, i) => {
    const [x, y, r] = [next() % 300, next() % 200, (next() % 50) + 5]
    return `<path d="M${x} ${y} q${r} ${-r} ${r * 2} 0 t${r} ${r / 3} a${r} ${r / 2} 30 1 0 -${r} ${r} z"
      fill="url(#g)" fill-opacity="${i / 300}" stroke="hsl(${i}, 70%, 50%)" stroke-dasharray="${i % 7} 3"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><defs>
    <linearGradient id="g"><stop offset="0" stop-color="#f06"/><stop offset="1" stop-color="#06f"/></linearGradient>
    <filter id="b"><feGaussianBlur stdDeviation="3"/><feTurbulence baseFrequency=".05" result="t"/>
    <feDisplacementMap in="SourceGraphic" in2="t" scale="9"/></filter>
    <clipPath id="c"><circle cx="160" cy="100" r="95"/></clipPath></defs>
    <g clip-path="url(#c)">${paths.join('')}</g><rect x="20" y="20" width="90" height="60" filter="url(#b)"/></svg>`
}
