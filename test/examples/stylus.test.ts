// The contract's calls on its small chain, where there is no WebAssembly.

import { expect, test } from 'vitest'
import { node } from './run.ts'

test('stylus: a token is minted and sent, and what must not happen is reverted', () => {
  node('stylus/build.mjs')
  expect(node('stylus/main.mjs', ['--jitless']).trimEnd().split('\n')).toEqual([
    'Alice mints 10^30: done',
    'Alice sends Bob 10^29 + 1: done',
    'Bob sends Alice 10^29 + 2: reverted',
    'Bob mints 2^256 - 1: reverted',
    'Bob burns: reverted',
    'total supply: 1000000000000000000000000000000n',
    'Alice has 899999999999999999999999999999n',
    'Bob has 100000000000000000000000000001n',
    // keccak256 of Transfer(address,address,uint256) begins like this
    'log ddf252ad: from nobody to a11ce0, 1000000000000000000000000000000',
    'log ddf252ad: from a11ce0 to b0b, 100000000000000000000000000001',
    'slots in use: 3',
  ])
})
