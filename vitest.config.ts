import { configDefaults, defineConfig } from 'vitest/config'

/** They put their own in place of a module, or load modules again: each has modules for itself. */
export const ALONE = [
  'test/bench/script-engine.test.ts',
  'test/cli/verify.test.ts',
  'test/emit/instance-arrays.test.ts',
  'test/runtime/func.test.ts',
  'test/runtime/linking.test.ts',
  'test/runtime/traps.test.ts',
  'test/runtime/view.test.ts',
  'test/webassembly/polyfill.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    maxWorkers: 2,
    // Trees come and go, and most are gone before the next function.
    execArgv: ['--max-semi-space-size=64'],
    // The IR is checked between all passes in every test.
    env: { NOWASM_VERIFY: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          // The files that a process runs share its modules: loading and warming up the compiler is a fifth of the time.
          isolate: false,
          unstubGlobals: true,
          restoreMocks: true,
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, sequence: { groupOrder: 1 } } },
    ],
  },
})
