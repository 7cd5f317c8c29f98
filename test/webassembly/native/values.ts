// JavaScript values of all kinds, by names that stand in the names of cases.

export const VALUES: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  '0': () => 0,
  '-0': () => -0,
  '7': () => 7,
  '-1': () => -1,
  '1.9': () => 1.9,
  NaN: () => NaN,
  Infinity: () => Infinity,
  '2^30': () => 2 ** 30,
  '-2^30': () => -(2 ** 30),
  '2^30-1': () => 2 ** 30 - 1,
  '2^31': () => 2 ** 31,
  '2^32': () => 2 ** 32,
  '2^53+2': () => 2 ** 53 + 2,
  '3n': () => 3n,
  '-1n': () => -1n,
  '2n^63': () => 2n ** 63n,
  '2n^64': () => 2n ** 64n,
  'an empty string': () => '',
  'the text 5': () => '5',
  'a text': () => 'text',
  'a symbol': () => Symbol.iterator,
  'an object': () => ({}),
  'an array': () => [2],
  'an object for 6': () => ({ valueOf: () => 6 }),
  'an object for 6n': () => ({ valueOf: () => 6n }),
  'a function': () => () => 1,
}

/** A case for each value. */
export function forValues<T>(make: (value: unknown, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, make(value(), name)]))
}
