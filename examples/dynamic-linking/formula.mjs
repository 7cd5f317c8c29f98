// Makes a module out of a formula in postfix notation, `x 2 * 1 +`: it puts a function from f64 to f64 into a slot of a table.
const OPERATORS = { '+': 0xa0, '-': 0xa1, '*': 0xa2, '/': 0xa3, sqrt: 0x9f, floor: 0x9c }
const LOCAL_GET = 0x20
const F64_CONST = 0x44
const END = 0x0b

const name = (text) => [text.length, ...Buffer.from(text)]
const unsigned = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...unsigned(n >> 7)])
const section = (id, bytes) => [id, ...unsigned(bytes.length), ...bytes]

/** The bytes of the module. It imports `env.table` and, for its place there, `env.__table_base`. */
export function assemble(formula) {
  const code = formula.split(' ').flatMap((word) => {
    if (word === 'x') return [LOCAL_GET, 0]
    if (word in OPERATORS) return [OPERATORS[word]]
    return [F64_CONST, ...new Uint8Array(new Float64Array([Number(word)]).buffer)]
  })
  const body = [0, ...code, END] // no locals
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 1, 0x7c, 1, 0x7c]), // one type: f64 to f64
    ...section(2, [
      ...[2, ...name('env'), ...name('table'), 1, 0x70, 0, 1], // a table of at least one funcref
      ...[...name('env'), ...name('__table_base'), 3, 0x7f, 0], // a constant i32
    ]),
    ...section(3, [1, 0]), // one function of that type
    ...section(9, [1, 0, 0x23, 0, END, 1, 0]), // goes into the table, at __table_base
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ])
}
