import { expect, test } from 'vitest'
import { splitArguments } from '../../src/cli/arguments.ts'

const split = (line: string) => {
  const { own, invoke, program } = splitArguments(line.split(' '))
  return [own.join(' '), invoke, program.join(' ')]
}

test.each([
  ['run app.wasm', 'run app.wasm', undefined, ''],
  ['run app.wasm -v --format x', 'run app.wasm', undefined, '-v --format x'],
  ['run app.wasm -- --invoke', 'run app.wasm', undefined, '--invoke'],
  ['run --engine interpreter -O0 app.wasm a', 'run --engine interpreter -O0 app.wasm', undefined, 'a'],
  ['run -O 0 --names app.wasm a', 'run -O 0 --names app.wasm', undefined, 'a'],
  ['run app.wasm --invoke add -1 2', 'run app.wasm', 'add', '-1 2'],
  ['run app.wasm --engine jit --invoke=f -inf', 'run app.wasm --engine jit', 'f', '-inf'],
  ['run --invoke=f app.wasm 1', 'run app.wasm', 'f', '1'],
  ['run --optimize 3 --invoke f', 'run --optimize 3', 'f', ''],
  ['bench --seconds 1 app.wasm --invoke fib -- 30', 'bench --seconds 1 app.wasm', 'fib', '30'],
])('%s', (line, own, invoke, program) => {
  expect(split(line)).toEqual([own, invoke, program])
})

test('--invoke needs a name', () => {
  expect(() => split('run app.wasm --invoke')).toThrow('--invoke needs the name of an exported function')
})
