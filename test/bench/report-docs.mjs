// The page of the documentation: page.md with the tables and plots of a run.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COLOURS } from '../../dist/src/cli/bench/page.js'
import { digits } from '../../dist/src/cli/bench/statistics.js'
import { bars, colour, escaped, scatter } from '../../dist/src/cli/bench/svg.js'
import { libraryLine, memoryRows, plainRows, tierRows } from './report-programs.mjs'
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
    ...Object.fromEntries(
      (main?.parts ?? []).map((part) => [`${part.name}-all`, allTexts(part.name, part, main.parts, plot)]),
    ),
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
    parts
      .filter(({ name }) => !name.endsWith(LOADING))
      .flatMap(({ name, base, reports }) =>
        contestants(reports, base).map((key) => [
          title,
          name,
          `${key} / ${base}`,
          ...['steady', 'work', 'first'].flatMap((what) => meanAndWorst(overall(reports, key, base, what))),
          `${overall(reports, key, base, 'first')?.count ?? 0} of ${reports.length}`,
        ]),
      ),
  )
  const columns = ['steady state', 'work of the first run', 'load and work'].flatMap((what) => [what, 'worst'])
  return [['engine', '', 'time of', ...columns, 'programs'], ...rows]
}

const meanAndWorst = (sum) =>
  sum ? [digits(sum.geomean), `${digits(sum.worst.value)} (${sum.worst.name})`] : ['-', '-']

/** Native stands in other parts too, on another engine than the rest. */
const contestants = (reports, base) => rivals(reports, base).filter((key) => key !== 'native')

/** The section of an engine that page.md does not name. */
function engineText({ name, title, version, parts }, plot) {
  const sections = parts
    .filter((part) => !part.name.endsWith(LOADING))
    .flatMap((part) => [`### ${title}: ${part.name}`, allTexts(`${name}-${part.name}`, part, parts, plot)])
  return [`${title}: ${version}.`, ...sections].join('\n\n')
}

/** The part beside one of programs that says how long their modules take to load. */
const LOADING = '-loading'

/** All that is known of one part, under headings. */
function allTexts(prefix, part, parts, plot) {
  const texts = partTexts(prefix, part, plot)
  const beside = parts.find(({ name }) => name === part.name + LOADING)
  const sections = [
    ['Load and work, first run', texts[`${prefix}-first`], texts[`${prefix}-first-duels`]],
    ...programSections(part, beside),
    ['Steady state', texts[`${prefix}-steady`], texts[`${prefix}-duels`]],
    ['Without a figure', texts[`${prefix}-problems`]],
  ]
  return sections
    .filter(([, text]) => text)
    .map(([heading, ...blocks]) => [`#### ${heading}`, ...blocks].filter(Boolean).join('\n\n'))
    .join('\n\n')
}

/** What is known of programs alone. */
function programSections({ base, reports }, beside) {
  if (!reports.some(({ figures }) => figures[base]?.peak)) return []
  const tiers = tierRows(reports)
  return [
    ['Work of the first run', markdown(ratioRows(reports, base, 'work')), list(duels(reports, 'work'))],
    ['Load, ms', markdown(plainRows(reports, base, 'load')), libraryLine(reports, base)],
    ['From the file to what can be instantiated, ms', beside && markdown(plainRows(beside.reports, base, 'first'))],
    ['Peak memory of the first run, MB', markdown(memoryRows(reports, base))],
    ['Ticks of the first run by tier, %', tiers && markdown(tiers)],
  ]
}

/** What page.md can name of one part of the run. */
function partTexts(prefix, { name, base, reports }, plot) {
  const keys = contestants(reports, base)
  const title = (what) => `${name}, ${what}: time in relation to ${base}`
  const groups = (what) =>
    reports.map((each) => ({ name: each.name, values: keys.map((key) => ratio(each, key, base, what)) }))
  const chart = (what, words) => plot(`${prefix}-${what}`, title(words), keys, bars(title(words), keys, groups(what)))
  const table = (what, words) =>
    overallOf(reports, keys, base, what) ? `${chart(what, words)}\n\n${markdown(ratioRows(reports, base, what))}` : ''
  const sized = reports.filter(({ sizes }) => sizes?.nowasm)
  const dots = scatter(name, `steady state, to ${base}`, 'first run', points(reports, keys, base))
  return {
    [`${prefix}-steady`]: table('steady', 'steady state'),
    [`${prefix}-first`]: table('first', 'first run'),
    [`${prefix}-start`]: plot(`${prefix}-start`, `${name}, first run against steady state`, keys, dots),
    [`${prefix}-sizes`]: sized.length > 0 ? markdown(sizeRows(sized)) : '',
    [`${prefix}-duels`]: list(duels(reports)),
    [`${prefix}-first-duels`]: list(duels(reports, 'first')),
    [`${prefix}-problems`]: list(problems(reports)) || 'None.',
  }
}

/** Whether anybody has such a figure. */
const overallOf = (reports, keys, base, what) => keys.some((key) => overall(reports, key, base, what))

const list = (lines) => lines.map((line) => `- ${line}`).join('\n')

function markdown([heading, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

/** A plot as a file of its own: with its colours, and a legend below. */
function standalone(svg, keys) {
  const [, width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)
  const entries = keys.map((key, i) => {
    const x = 130 + i * Math.min(130, (width - 130) / keys.length)
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
