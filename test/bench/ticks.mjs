// What V8's log says: ticks by tier, builtins by the tier that called them, deoptimisations by reason.

/** Kinds of JavaScript code, as `--prof-process --preprocess` names them, by tier. */
const TIERS = {
  Opt: 'TurboFan',
  Maglev: 'Maglev',
  Sparkplug: 'Sparkplug',
  Baseline: 'Sparkplug',
  Unopt: 'interpreter',
  Interpreted: 'interpreter',
}

/** States of the virtual machine in which a tick counts by itself, whatever called. */
const STATES = { 1: 'garbage collector', 2: 'parser', 3: 'parser', 4: 'compiler' }

/** What compiles at run time: its own functions are no part of the program. */
const LIBRARY = /\/(nowasm|base)\/dist\/|\/polywasm\//

/**
 * Percentages of the ticks of a span of time.
 * @param profile the JSON of `--prof-process --preprocess`
 * @param {[number, number]} span in ms since the process began
 * @returns {{ ticks: number, tiers: Record<string, number>, called: Record<string, number> }} `tiers`: code of each tier,
 *   `TIER calls` for builtins that it called, and the rest by what it is; `called`: builtins that optimised code called
 */
export function shares({ code, ticks }, [from, to]) {
  const inSpan = ticks.filter(({ tm }) => tm >= from * 1000 && tm <= to * 1000)
  const tiers = {}
  const called = {}
  const share = 100 / inSpan.length
  for (const tick of inSpan) {
    const { kind, builtin } = classify(code, tick)
    tiers[kind] = (tiers[kind] ?? 0) + share
    if (builtin) called[builtin] = (called[builtin] ?? 0) + share
  }
  return { ticks: inSpan.length, tiers, called: most(called, 5) }
}

/** What one tick counts for; `builtin` where optimised code called one. */
function classify(code, { s: stack, vm }) {
  const frames = stack.filter((_, i) => i % 2 === 0).map((index) => code[index])
  const [top] = frames
  const caller = frames.find((frame) => frame?.type === 'JS')
  if (caller && LIBRARY.test(caller.name)) return { kind: 'library' }
  if (top?.type === 'JS') return { kind: TIERS[top.kind] ?? 'interpreter' }
  if (top?.kind === 'BytecodeHandler') return { kind: 'interpreter' }
  if (STATES[vm]) return { kind: STATES[vm] }
  if (top?.type !== 'CODE' || !caller) return { kind: 'engine' }
  const tier = TIERS[caller.kind] ?? 'interpreter'
  const isOptimised = tier === 'TurboFan' || tier === 'Maglev'
  return { kind: `${tier} calls`, builtin: isOptimised ? `${top.name} from ${tier}` : undefined }
}

/**
 * Counts of the lines `code-deopt,TIME,SIZE,CODE,INLINED,OFFSET,KIND,PLACE,REASON` in a span of time.
 * @param {AsyncIterable<string>} lines of V8's log; commas inside of fields are escaped there
 */
export async function deoptimisations(lines, [from, to]) {
  const reasons = {}
  let count = 0
  for await (const line of lines) {
    if (!line.startsWith('code-deopt,')) continue
    const fields = line.split(',')
    const [time, reason] = [Number(fields[1]) / 1000, fields[8]]
    if (time < from || time > to) continue
    count++
    reasons[reason] = (reasons[reason] ?? 0) + 1
  }
  return { deoptimisations: count, reasons: most(reasons, 5) }
}

const most = (counts, number) =>
  Object.fromEntries(
    Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .slice(0, number),
  )
