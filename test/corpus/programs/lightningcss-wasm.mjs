// lightningcss, a Rust program of 16 MB: minifies and rewrites CSS for old browsers, with a visitor in JavaScript.
import { digest } from '../inputs.mjs'

const SAMPLE = `@layer base { :root { --gap: calc(2px + 3px * 2) } }
.a { color: lab(52% 40 60); inset-inline: 4px; & .b:hover { margin: calc(var(--gap) * 2) } }
@media (400px <= width < 800px) { .c:is(.d, .e > p)::placeholder { background: conic-gradient(red, blue 30%) } }
.grid { grid-template: [head] "a b" 40px [end] "c c" 1fr / auto minmax(0, 1fr); transition: opacity .3s ease-in-out }
@supports (display: grid) and (not (float: none)) { .f { transform: rotate(.25turn) translateX(calc(100% - 3em)) } }
`

export async function run() {
  const css = await import('lightningcss-wasm')
  await css.default()
  const targets = css.browserslistToTargets(['chrome 80', 'safari 12', 'firefox 70'])
  const small = transform(css, SAMPLE, { targets, sourceMap: true })
  const many = Array.from({ length: 300 }, (_, i) => SAMPLE.replaceAll(/\.([a-f])\b/g, `.$1${i}`)).join('')
  const large = transform(css, many, { targets, minify: true, cssModules: true })
  const visited = transform(css, SAMPLE, { visitor: { Length: ({ unit, value }) => ({ unit, value: value / 2 }) } })
  return { small, large: [large.code.length, digest(JSON.stringify(large))], visited, error: errorOf(css) }
}

function transform(css, code, options) {
  const result = css.transform({ filename: 'sheet.css', code: Buffer.from(code), ...options })
  return {
    code: Buffer.from(result.code).toString(),
    map: result.map && Buffer.from(result.map).toString(),
    exports: result.exports,
    warnings: result.warnings,
  }
}

function errorOf(css) {
  try {
    return transform(css, '.a { color: ', {}).code + transform(css, '} .b', {}).code
  } catch (error) {
    return `${error.name} ${error.message} ${JSON.stringify(error.loc)}`
  }
}
