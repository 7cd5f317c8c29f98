// Figures from samples, and how they are written.

/** The value below which the given share of the values lies, between neighbours by their distance. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  return sorted[low]! + (sorted[Math.ceil(at)]! - sorted[low]!) * (at - low)
}

/** Three significant digits; a hyphen for no value. */
export const digits = (x: number | undefined): string =>
  x === undefined ? '-' : x >= 100 ? x.toFixed(0) : x.toPrecision(3)
