// Astro's compiler: Go's own compiler to WebAssembly, goroutines and a garbage collector of 64-bit words, behind wasm_exec.js.
import { digest } from '../../inputs.mjs'

export async function run() {
  const { convertToTSX, parse, transform, teardown } = await import('@astrojs/compiler')
  const results = []
  for (const [i, source] of SOURCES.entries()) {
    const options = {
      filename: `/page${i}.astro`,
      sourcemap: 'both',
      scopedStyleStrategy: 'where',
      resolvePath: async (path) => path,
    }
    const { code, map, scope, css, scripts, diagnostics } = await transform(source, options)
    results.push([code.length, digest(code), digest(map), scope, css.map(digest), scripts, diagnostics])
    const { ast, diagnostics: seen } = await parse(source, { position: true })
    results.push(digest(JSON.stringify(ast)), seen)
    const tsx = await convertToTSX(source, { filename: `/page${i}.astro` })
    results.push(digest(tsx.code), tsx.metaRanges)
  }
  teardown?.()
  return results
}

const SOURCES = [
  `---
import Layout from './Layout.astro'
const { title, items = [] } = Astro.props
const data = await fetch('/x').then((r) => r.json())
---
<Layout title={title}>${'<ul>{items.map((item) => <li class:list={["a", { b: item.on }]} {...item.rest}>{item.name} &amp; {"t" + (1 + 1)}</li>)}</ul>'.repeat(40)}
<slot name="after" /> <Fragment set:html={data.html} /></Layout>
<style lang="css">h1 { color: red } .a > :global(b) { margin: 0 } @media (min-width: 3em) { li + li { top: 1px } }</style>
<script>import x from 'x'; document.title = x</script>`,
  '<h1>unclosed {"expression"',
  '<table><tr><td>1<td>2</table><p>a<p>b<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><!-- comment --><textarea>{x}</textarea>',
  '',
]
