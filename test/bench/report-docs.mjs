// The page of the documentation: page.md with the tables and plots of a run.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bars, points, scatter } from './report-svg.mjs'
import { duel, problems, ratio, ratioRows, rivals, sizeRows } from './report-table.mjs'

/** Writes `bench.md` and its plots into a folder. */
export function writeDocs(results, folder) {
  mkdirSync(join(folder, 'bench'), { recursive: true })
  const plot = (name, title, keys, svg) => {
    if (svg === '') return ''
    writeFileSync(join(folder, 'bench', `${name}.svg`), `${standalone(svg, keys)}\n`)
    return `![${title}](bench/${name}.svg)`
  }
  const parts = {
    run: `${results.engine} on ${results.machine}, ${results.date.slice(0, 10)}, ${results.runs} rounds`,
    ...section('kernels', results.kernels ?? [], 'native', plot),
    ...section('programs', results.programs ?? [], 'native', plot),
    ...section('interpreted', results.interpreted ?? [], 'wasm2js jitless', plot),
  }
  const template = readFileSync(new URL('./page.md', import.meta.url), 'utf8')
  writeFileSync(
    join(folder, 'bench.md'),
    template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name) => parts[name] || 'Not in this run.'),
  )
}

/** What page.md can name of one part of the run. */
function section(name, reports, base, plot) {
  if (reports.length === 0) return {}
  const keys = rivals(reports, base)
  const title = (what) => `${name}, ${what}: time in relation to ${base}`
  const groups = (what) =>
    reports.map((each) => ({ name: each.name, values: keys.map((key) => ratio(each, key, base, what)) }))
  const chart = (what, words) => plot(`${name}-${what}`, title(words), keys, bars(title(words), keys, groups(what)))
  const sized = reports.filter(({ sizes }) => sizes)
  const dots = scatter(name, `steady state, to ${base}`, 'first run', points(reports, keys, base))
  return {
    [`${name}-steady`]: `${chart('steady', 'steady state')}\n\n${markdown(ratioRows(reports, base, 'steady'))}`,
    [`${name}-first`]: `${chart('first', 'first run')}\n\n${markdown(ratioRows(reports, base, 'first'))}`,
    [`${name}-start`]: plot(`${name}-start`, `${name}, first run against steady state`, keys, dots),
    [`${name}-sizes`]: markdown(sizeRows(sized)),
    [`${name}-duels`]: duels(reports),
    [`${name}-problems`]:
      problems(reports)
        .map((line) => `- ${line}`)
        .join('\n') || 'None.',
  }
}

const DUELS = [
  ['nowasm', 'wasm2js'],
  ['nowasm', 'polywasm'],
  ['nowasm jitless', 'wasm2js jitless'],
]

const duels = (reports) =>
  DUELS.map(([a, b]) => duel(reports, a, b))
    .filter(Boolean)
    .map((line) => `- ${line}`)
    .join('\n')

function markdown([heading, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

/** A plot as a file of its own: with its colours, and a legend below. */
function standalone(svg, keys) {
  const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)
  const entries = keys.map((key, i) => {
    const x = 130 + i * 130
    const y = Number(height) + 6
    return `<rect x="${x}" y="${y}" width="10" height="10" fill="var(--c${i % 6})"/><text x="${x + 15}" y="${y + 9}">${key}</text>`
  })
  return svg
    .replace(/viewBox="[^"]*"/, `xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Number(height) + 24}"`)
    .replace('>', `><style>${STYLE}</style><rect width="100%" height="100%" class="paper"/>${entries.join('')}`)
}

const STYLE = `:root { --c0: #3566d6; --c1: #e08a1e; --c2: #2f9e6e; --c3: #b14fc5; --c4: #c8443a; --c5: #7a8794 }
text { fill: #1b1f24; font: 11px system-ui, sans-serif } .small { fill: #6b7480; font-size: 8.5px }
.grid { stroke: #d7dce2 } .base { stroke: #6b7480 } .paper { fill: #fff }`
