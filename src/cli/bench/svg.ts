// The plots of reports, as SVG text. Their colours are variables of the page's style sheet (page.ts).

/** The colour of the contestant at an index. */
export const colour = (i: number): string => `var(--c${i % 6})`

const WIDTH = 760
const LEFT = 130
const BAR = 9

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for HTML and SVG, in elements and attributes. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char]!)

/** Bars that stand together: values in the order of the contestants. */
export interface Group {
  readonly name: string
  readonly values: readonly (number | undefined)[]
}

/**
 * Bars of ratios, a group for each name, from the line of ratio 1 on a logarithmic scale; nothing when no value is known.
 * `keys` are the names of the contestants.
 */
export function bars(title: string, keys: readonly string[], groups: readonly Group[]): string {
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
    const shapes = group.values.map((value, k) =>
      value === undefined ? '' : bar(at, value, top + k * BAR, k, `${group.name}, ${keys[k]}`),
    )
    return [label(LEFT - 8, top + step / 2 - 2, group.name, 'end'), ...shapes]
  })
  return svg(height, title, [...grid, ...body])
}

function bar(at: Scale['at'], value: number, y: number, index: number, name: string): string {
  const [x, end] = at(value) < at(1) ? [at(value), at(1)] : [at(1), at(value)]
  const shape = `<rect x="${x.toFixed(1)}" y="${y}" width="${Math.max(1, end - x).toFixed(1)}" height="${BAR - 1}"
    fill="${colour(index)}"><title>${escaped(name)}: ${value.toFixed(2)}</title></rect>`
  return shape + label(end + 4, y + BAR - 2, value.toFixed(2), 'start', 'small')
}

/** A point of `scatter`; `series` chooses the colour. */
export interface Point {
  readonly x: number
  readonly y: number
  readonly name: string
  readonly series: number
}

/** Points by two ratios, both on logarithmic scales; nothing when there are no points. */
export function scatter(title: string, xName: string, yName: string, points: readonly Point[]): string {
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
 * A small plot of times of successive calls, a line for each of `series`, cut off at eight times `unit`, the time that is
 * 1 on the scale.
 */
export function curves(title: string, series: readonly (readonly number[])[], unit: number): string {
  const [width, height] = [170, 90]
  const most = Math.max(2, Math.min(8, largest(series.flat()) / unit))
  const y = (time: number) => height - 12 - (Math.min(time / unit, most) / most) * (height - 30)
  const x = (i: number, count: number) => 20 + (i / Math.max(1, count - 1)) * (width - 26)
  const paths = series.map((times, s) => {
    const points = times.map((time, i) => `${x(i, times.length).toFixed(1)},${y(time).toFixed(1)}`)
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour(s)}" stroke-width="1.5"/>`
  })
  const axis = [line(20, y(unit), width - 6, y(unit), 'base'), label(16, y(unit) + 4, '1', 'end', 'small')]
  const head = [label(20, 11, title, 'start'), label(16, y(unit * most) + 4, most.toFixed(0), 'end', 'small')]
  const body = [...axis, ...head, ...paths].join('')
  return `<svg viewBox="0 0 ${width} ${height}" class="little" role="img" aria-label="${escaped(title)}">${body}</svg>`
}

interface Scale {
  readonly at: (value: number) => number
  readonly ticks: readonly number[]
}

/** Powers of two from below the least to above the most value, and a logarithmic scale between them. */
function logScale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.min(0, Math.floor(Math.log2(-largest(values.map((value) => -value)))))
  const high = Math.max(1, Math.ceil(Math.log2(largest(values))))
  const at = (value: number) => from + ((Math.log2(value) - low) / (high - low)) * (to - from)
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, i) => 2 ** (low + i)) }
}

/** There may be more values than a call takes arguments. */
const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)

const svg = (height: number, title: string, body: readonly string[]): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(title)}">${body.join('')}</svg>`

const label = (x: number, y: number, value: string | number, anchor = 'middle', tone = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" class="${tone}">${escaped(String(value))}</text>`

const line = (x1: number, y1: number, x2: number, y2: number, tone: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" class="${tone}"/>`
