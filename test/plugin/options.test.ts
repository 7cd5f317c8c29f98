import { expect, test } from 'vitest'
import { OptionsError } from '../../src/options.ts'
import { completePluginOptions, type PluginOptions } from '../../src/plugin/options.ts'

test('the defaults', () => {
  const { mode, compile, includes, report } = completePluginOptions({})
  expect({ mode, report }).toEqual({ mode: 'fallback', report: true })
  expect(compile).toMatchObject({ format: 'esm', register: true, target: 'es2020', builtins: ['js-string'] })
  expect(includes('/a/x.wasm')).toBe(true)
})

test('which files are meant', () => {
  const { includes } = completePluginOptions({ include: [/x\.wasm$/, /y/g], exclude: /node_modules/ })
  expect(['/x.wasm', '/y.wasm', '/y.wasm', '/z.wasm', '/node_modules/x.wasm'].filter(includes)).toEqual([
    '/x.wasm',
    '/y.wasm',
    '/y.wasm',
  ])
})

test.each([
  [{ mode: 'never' }, 'mode must be one of always, fallback, not never'],
  [{ modes: 1 }, 'unknown option: modes; there are mode, compile, include, exclude, cacheFolder, report'],
  [{ compile: { target: 'es5' } }, 'target es5 has no modules: use it with format cjs or iife'],
  [{ compile: { engine: 'none' } }, 'engine must be one of jit, interpreter, not none'],
])('%o is refused', (options, message) => {
  expect(() => completePluginOptions(options as PluginOptions)).toThrow(new OptionsError(message))
})
