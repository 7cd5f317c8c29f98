// The frame of HTML reports: one page that needs no other file.

import { colour, escaped } from './svg.ts'

/** Colours of contestants on a light ground. @public for `npm run bench` */
export const COLOURS = '--c0: #3566d6; --c1: #e08a1e; --c2: #2f9e6e; --c3: #b14fc5; --c4: #c8443a; --c5: #7a8794'

/** A whole page; `body` is HTML. */
export const htmlPage = (title: string, body: readonly string[]): string =>
  `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style>\n<main>${body.join('\n')}</main></html>\n`

/** Which colour is whose. */
export function legend(keys: readonly string[]): string {
  const entries = keys.map((key, i) => `<span><i style="background:${colour(i)}"></i>${escaped(key)}</span>`)
  return `<p class="legend">${entries.join(' ')}</p>`
}

const STYLE = `
:root { color-scheme: light dark; --fg: #1b1f24; --bg: #fff; --soft: #d7dce2; --mute: #6b7480;
  ${COLOURS} }
@media (prefers-color-scheme: dark) { :root { --fg: #e3e7ec; --bg: #14171b; --soft: #343b44; --mute: #97a1ad;
  --c0: #6f97f5; --c1: #f0a94e; --c2: #56c596; --c3: #cf7fe0; --c4: #e8746b; --c5: #9aa6b2 } }
body { margin: 0; background: var(--bg); color: var(--fg); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 800px; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h2 { margin-top: 3rem } h3 { margin: 2rem 0 .5rem; font-size: 1rem }
svg { display: block; width: 100%; height: auto }
svg text { fill: var(--fg); font-size: 11px } svg text.small { fill: var(--mute); font-size: 8.5px }
svg .grid { stroke: var(--soft) } svg .base { stroke: var(--mute) }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: .5rem }
.legend span { margin-right: 1rem } .legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em }
table { border-collapse: collapse; font-variant-numeric: tabular-nums } td { text-align: right }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--soft) } tbody th { text-align: left }
pre { overflow-x: auto; font-size: 12px }
`
