import { expect, test } from 'vitest'
import { completeOptions, type Options, OptionsError } from '../../src/options.ts'

test('the defaults', () => {
  expect(completeOptions()).toMatchObject({
    format: 'esm',
    target: 'esnext',
    engine: 'jit',
    optimize: 2,
    data: 'inline',
  })
  expect(completeOptions({ format: undefined as never }).format).toBe('esm')
})

test.each([
  [{ target: 'es5' }, 'target es5 has no modules: use it with format cjs or iife'],
  [{ data: 'file', format: 'iife' }, 'data file needs format esm or cjs: one classic script has no file beside it'],
  [
    { data: 'file', target: 'es2020' },
    'data file with format esm needs target esnext: it loads with a top-level await',
  ],
  [{ format: 'amd' as never }, 'format must be one of esm, esm-integration, cjs, iife, not amd'],
  [{ optimize: 4 as never }, 'optimize must be one of 0, 1, 2, 3, not 4'],
  [{ dts: 'yes' as never }, 'dts must be true or false'],
  [{ jobs: 0 }, 'jobs must be a number from 1'],
  [{ name: '../x' }, 'name must be a file name without folder and extension'],
  [{ name: '\ud800' }, 'name must be a file name without folder and extension'],
  [{ bogus: 1 } as never, 'unknown option: bogus'],
] as [Partial<Options>, string][])('%o is refused', (options, message) => {
  expect(() => completeOptions(options)).toThrow(new OptionsError(message))
})
