// The plots of the report, as SVG text.
import { ratio } from './report-table.mjs'

/** Colours by contestant, given by the page's style sheet as variables. */
export const colour = (i) => `var(--c${i % 6})`

const WIDTH = 760
const LEFT = 130
const BAR = 9

export const escaped = (text) =>
  String(text).replaceAll(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char])

const svg = (height, title, body) =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${body.join('')}</svg>`

const label = (x, y, value, anchor = 'middle', tone = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" class="${tone}">${escaped(value)}</text>`

const line = (x1, y1, x2, y2, tone) =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" class="${tone}"/>`

/** Powers of two from below the least to above the most value, and a logarithmic scale between them. */
function logScale(values, from, to) {
  const low = Math.min(0, Math.floor(Math.log2(Math.min(...values))))
  const high = Math.max(1, Math.ceil(Math.log2(Math.max(...values))))
  const at = (value) => from + ((Math.log2(value) - low) / (high - low)) * (to - from)
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => 2 ** (low + i)) }
}

/**
 * Bars of ratios, a group for each name, from the line of ratio 1 on a logarithmic scale.
 * @param {{ name: string, values: (number | undefined)[] }[]} groups values in the order of `keys`
 */
export function bars(title, keys, groups) {
  const values = groups.flatMap((group) => group.values).filter((value) => value !== undefined)
  if (values.length === 0) return ''
  const { at, ticks } = logScale(values, LEFT, WIDTH - 60)
  const step = keys.length * BAR + 10
  const height = groups.length * step + 30
  const grid = ticks.flatMap((tick) => [
    line(at(tick), 16, at(tick), height - 8, tick === 1 ? 'base' : 'grid'),
    label(at(tick), 11, tick),
  ])
  const body = groups.flatMap((group, g) => {
    const top = 22 + g * step
    const shapes = group.values.map(
      (value, k) => value && bar(at, value, top + k * BAR, k, `${group.name}, ${keys[k]}`),
    )
    return [label(LEFT - 8, top + step / 2 - 2, group.name, 'end'), ...shapes.filter(Boolean)]
  })
  return svg(height, title, [...grid, ...body])
}

function bar(at, value, y, index, name) {
  const [x, end] = [at(1), at(value)].sort((a, b) => a - b)
  const shape = `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, end - x).toFixed(1)}" height="${BAR - 1}"
    fill="${colour(index)}"><title>${escaped(name)}: ${value.toFixed(2)}</title></rect>`
  return shape + label(Math.max(end, at(1)) + 4, y + BAR - 2, value.toFixed(2), 'start', 'small')
}

/** The points of `scatter`: each program on each contestant that has both figures. */
export function points(reports, keys, base) {
  return reports.flatMap((report) =>
    keys.flatMap((key, series) => {
      const [x, y] = ['steady', 'first'].map((what) => ratio(report, key, base, what))
      return x === undefined || y === undefined ? [] : [{ x, y, series, name: `${report.name}, ${key}` }]
    }),
  )
}

/**
 * Points by two ratios, both on logarithmic scales.
 * @param {{ x: number, y: number, name: string, series: number }[]} points `series` chooses the colour
 */
export function scatter(title, xName, yName, points) {
  if (points.length === 0) return ''
  const height = 420
  const across = logScale(
    points.map(({ x }) => x),
    60,
    WIDTH - 20,
  )
  const up = logScale(
    points.map(({ y }) => y),
    height - 40,
    26,
  )
  const grid = [
    ...across.ticks.flatMap((tick) => [
      line(across.at(tick), 26, across.at(tick), height - 40, tick === 1 ? 'base' : 'grid'),
      label(across.at(tick), height - 24, tick),
    ]),
    ...up.ticks.flatMap((tick) => [
      line(60, up.at(tick), WIDTH - 20, up.at(tick), tick === 1 ? 'base' : 'grid'),
      label(52, up.at(tick) + 4, tick, 'end'),
    ]),
  ]
  const dots = points.map(
    ({ x, y, name, series }) =>
      `<circle cx="${across.at(x).toFixed(1)}" cy="${up.at(y).toFixed(1)}" r="4.5" fill="${colour(series)}"
        fill-opacity=".8"><title>${escaped(name)}: ${x.toFixed(2)}, ${y.toFixed(2)}</title></circle>`,
  )
  const names = [label((WIDTH + 40) / 2, height - 4, xName), label(8, 10, yName, 'start')]
  return svg(height, title, [...grid, ...dots, ...names])
}

/**
 * A small plot of times of successive batches, cut off at eight times `unit`.
 * @param {number[][]} series times in milliseconds
 * @param unit the time that is 1 on the scale
 */
export function curves(title, series, unit) {
  const [width, height] = [170, 90]
  const most = Math.max(2, Math.min(8, ...[Math.max(...series.flat()) / unit]))
  const y = (time) => height - 12 - (Math.min(time / unit, most) / most) * (height - 30)
  const x = (i, count) => 20 + (i / Math.max(1, count - 1)) * (width - 26)
  const paths = series.map((times, s) => {
    const points = times.map((time, i) => `${x(i, times.length).toFixed(1)},${y(time).toFixed(1)}`)
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour(s)}" stroke-width="1.5"/>`
  })
  const axis = [line(20, y(unit), width - 6, y(unit), 'base'), label(16, y(unit) + 4, '1', 'end', 'small')]
  const head = [label(20, 11, title, 'start'), label(16, y(unit * most) + 4, most.toFixed(0), 'end', 'small')]
  return `<svg viewBox="0 0 ${width} ${height}" class="little" role="img" aria-label="${escaped(title)}">${[
    ...axis,
    ...head,
    ...paths,
  ].join('')}</svg>`
}
