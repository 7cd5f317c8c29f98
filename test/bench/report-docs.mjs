// The page of the documentation: page.md with the tables and plots of a run.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COLOURS } from '../../dist/src/cli/bench/page.js'
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { bars, colour, escaped, scatter } from '../../dist/src/cli/bench/svg.js'
import { duels, overall, points, problems, ratio, ratioRows, rivals, sizeRows } from './report-table.mjs'

/** The engine that page.md has sections for; the others are added as they come. */
const MAIN = 'node'

/** Writes `bench.md` and its plots into a folder. */
export function writeDocs(results, folder) {
  const plots = join(folder, 'bench')
  rmSync(plots, { recursive: true, force: true })
  mkdirSync(plots, { recursive: true })
  const plot = (name, title, keys, svg) => {
    if (svg === '') return ''
    writeFileSync(join(plots, `${name}.svg`), `${standalone(svg, keys)}\n`)
    return `![${title}](bench/${name}.svg)`
  }
  const main = results.engines.find(({ name }) => name === MAIN)
  const others = results.engines.filter(({ name }) => name !== MAIN)
  const texts = {
    run: runText(results),
    summary: markdown(summaryRows(results.engines)),
    others: others.map((engine) => engineText(engine, plot)).join('\n\n'),
    ...Object.assign({}, ...(main?.parts ?? []).map((part) => partTexts(part.name, part, plot))),
  }
  const template = readFileSync(new URL('./page.md', import.meta.url), 'utf8')
  const page = template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, name) => texts[name] || 'Not in this run.')
  writeFileSync(join(folder, 'bench.md'), page)
}

function runText({ machine, date, runs, engines }) {
  const rounds = runs === 1 ? '1 round' : `${runs} rounds`
  return `${machine}, ${date.slice(0, 10)}, ${rounds}; ${engines.map(({ version }) => version).join(', ')}`
}

/** One line for each engine, part of the run and contestant. */
function summaryRows(engines) {
  const rows = engines.flatMap(({ title, parts }) =>
    parts.flatMap(({ name, base, reports }) =>
      contestants(reports, base).map((key) => {
        const steady = overall(reports, key, base, 'steady')
        const first = overall(reports, key, base, 'first')
        const worst = steady && `${digits(steady.worst.value)} (${steady.worst.name})`
        const count = `${steady?.count ?? 0} of ${reports.length}`
        return [title, name, `${key} / ${base}`, digits(steady?.geomean), worst ?? '-', digits(first?.geomean), count]
      }),
    ),
  )
  return [['engine', '', 'time of', 'steady state, geomean', 'worst', 'first run, geomean', 'programs'], ...rows]
}

/** Native stands in other parts too, on another engine than the rest. */
const contestants = (reports, base) => rivals(reports, base).filter((key) => key !== 'native')

/** The section of an engine that page.md does not name. */
function engineText({ name, title, version, parts }, plot) {
  const sections = parts.flatMap((part) => {
    const prefix = `${name}-${part.name}`
    const texts = partTexts(prefix, part, plot)
    const text = (what) => texts[`${prefix}-${what}`]
    return [
      `### ${title}: ${part.name}`,
      text('steady'),
      text('duels'),
      '#### First run',
      text('first'),
      '#### Without a figure',
      text('problems'),
    ]
  })
  return [`${title}: ${version}.`, ...sections].filter(Boolean).join('\n\n')
}

/** What page.md can name of one part of the run. */
function partTexts(prefix, { name, base, reports }, plot) {
  const keys = contestants(reports, base)
  const title = (what) => `${name}, ${what}: time in relation to ${base}`
  const groups = (what) =>
    reports.map((each) => ({ name: each.name, values: keys.map((key) => ratio(each, key, base, what)) }))
  const chart = (what, words) => plot(`${prefix}-${what}`, title(words), keys, bars(title(words), keys, groups(what)))
  const sized = reports.filter(({ sizes }) => sizes?.nowasm)
  const dots = scatter(name, `steady state, to ${base}`, 'first run', points(reports, keys, base))
  return {
    [`${prefix}-steady`]: `${chart('steady', 'steady state')}\n\n${markdown(ratioRows(reports, base, 'steady'))}`,
    [`${prefix}-first`]: `${chart('first', 'first run')}\n\n${markdown(ratioRows(reports, base, 'first'))}`,
    [`${prefix}-start`]: plot(`${prefix}-start`, `${name}, first run against steady state`, keys, dots),
    [`${prefix}-sizes`]: markdown(sizeRows(sized)),
    [`${prefix}-duels`]: list(duels(reports)),
    [`${prefix}-problems`]: list(problems(reports)) || 'None.',
  }
}

const list = (lines) => lines.map((line) => `- ${line}`).join('\n')

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
    const box = `<rect x="${x}" y="${y}" width="10" height="10" fill="${colour(i)}"/>`
    return `${box}<text x="${x + 15}" y="${y + 9}">${escaped(key)}</text>`
  })
  return svg
    .replace(/viewBox="[^"]*"/, `xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Number(height) + 24}"`)
    .replace('>', `><style>${STYLE}</style><rect width="100%" height="100%" class="paper"/>${entries.join('')}`)
}

const STYLE = `:root { ${COLOURS} }
text { fill: #1b1f24; font: 11px system-ui, sans-serif } .small { fill: #6b7480; font-size: 8.5px }
.grid { stroke: #d7dce2 } .base { stroke: #6b7480 } .paper { fill: #fff }`
