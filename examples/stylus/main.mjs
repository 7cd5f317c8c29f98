// Uses the token: node --jitless examples/stylus/main.mjs, after build.mjs
import { instantiate } from './dist/token.mjs'
import { deploy, encode } from './host.mjs'

const [alice, bob] = ['a11ce0'.padStart(40, '0'), 'b0b'.padStart(40, '0')]
const token = deploy(instantiate)
const number = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const ask = (...method) => number(token.call(alice, encode(...method)))

function attempt(sender, method, ...args) {
  try {
    token.call(sender, encode(method, ...args))
    return 'done'
  } catch (error) {
    return error.message
  }
}

const supply = 10n ** 30n // more than 64 bits hold
console.log('Alice mints 10^30:', attempt(alice, 'mint(uint256)', supply))
console.log('Alice sends Bob 10^29 + 1:', attempt(alice, 'transfer(address,uint256)', bob, supply / 10n + 1n))
console.log('Bob sends Alice 10^29 + 2:', attempt(bob, 'transfer(address,uint256)', alice, supply / 10n + 2n))
console.log('Bob mints 2^256 - 1:', attempt(bob, 'mint(uint256)', 2n ** 256n - 1n))
console.log('Bob burns:', attempt(bob, 'burn()'))
console.log('total supply:', ask('totalSupply()'))
console.log('Alice has', ask('balanceOf(address)', alice))
console.log('Bob has', ask('balanceOf(address)', bob))
for (const { topics, data } of token.logs) {
  const [from, to] = topics.slice(1).map((topic) => topic.replace(/^0+/, '') || 'nobody')
  console.log(`log ${topics[0].slice(0, 8)}: from ${from} to ${to}, ${number(Buffer.from(data[0], 'hex'))}`)
}
console.log('slots in use:', token.storage.size)
