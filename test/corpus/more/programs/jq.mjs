// jq: C, with a module that is text in its loader. Errors end the program and start it again.
export async function run() {
  const jq = await import('jq-wasm')
  const input = {
    people: Array.from({ length: 200 }, (_, i) => ({
      id: i,
      name: `n${(i * 7919) % 211}`,
      tags: ['a', 'b', 'c'].slice(i % 3),
      n: i / 7,
    })),
  }
  const results = []
  for (const [filter, flags = []] of FILTERS) {
    results.push(await jq.raw(input, filter, flags).catch((error) => String(error.message)))
  }
  return results
}

const FILTERS = [
  ['.people | length'],
  ['[.people[] | select(.tags | index("a"))] | group_by(.id % 4) | map({k: .[0].id, s: (map(.n) | add)})', ['-c']],
  ['.people | map(.name) | sort | unique | join(",")', ['-r']],
  [
    '[limit(5; .people[] | .name | test("1$"; "g"))], ("a,b;c" | [splits("[,;]")]), ("x1y22" | [scan("[0-9]+")])',
    ['-c'],
  ],
  ['def fib: if . < 2 then . else (. - 1 | fib) + (. - 2 | fib) end; 15 | fib'],
  ['[.people[].n | floor | pow(.; 2) | log | tostring] | .[10:14]', ['-c']],
  ['. as {people: [$first, {$name}]} | $first.id, $name', ['-c']],
  ['reduce range(0; 5000) as $i (0; . * 31 % 1000003 + $i)'],
  ['.people[0] | to_entries, (tojson | fromjson | keys), @base64 "x\\(.name)", (now | type)', ['-c']],
  ['try error("mine") catch ., (1 / 0)'],
  ['.people | .name'],
  ['.people ['],
  ['input_line_number, ("2024-02-29T12:00:00Z" | fromdate | todate), ([1, [2, [3]]] | flatten)', ['-c']],
]
