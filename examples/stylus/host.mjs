// A chain of one contract: what Stylus gives a contract in `vm_hooks`, without gas.
import { keccak_256 } from '@noble/hashes/sha3.js'

const hex = (bytes) => Buffer.from(bytes).toString('hex')

/** Deploys a contract: `instantiate` is that of its compiled module. */
export function deploy(instantiate) {
  const storage = new Map() // from keys to values, 32 bytes as hexadecimal digits each
  const logs = []

  /**
   * Calls the contract. Each call has an instance of its own, as on the chain: only the storage stays.
   * @param {string} sender its address, 40 hexadecimal digits
   * @param {Uint8Array} calldata
   * @returns the bytes that the contract gives; throws an error if it reverts, and then nothing has changed
   */
  function call(sender, calldata) {
    const [cached, flushed, emitted] = [new Map(), new Map(), []]
    let result = new Uint8Array()
    let memory
    const bytes = (at, length) => new Uint8Array(memory.buffer, at, length)
    const vm_hooks = {
      read_args: (to) => bytes(to, calldata.length).set(calldata),
      write_result(at, length) {
        result = bytes(at, length).slice()
      },
      storage_load_bytes32(key, to) {
        const name = hex(bytes(key, 32))
        const value = cached.get(name) ?? flushed.get(name) ?? storage.get(name) ?? '00'.repeat(32)
        bytes(to, 32).set(Buffer.from(value, 'hex'))
      },
      storage_cache_bytes32: (key, value) => cached.set(hex(bytes(key, 32)), hex(bytes(value, 32))),
      storage_flush_cache(clear) {
        for (const [key, value] of cached) flushed.set(key, value)
        if (clear) cached.clear()
      },
      pay_for_memory_grow() {},
      msg_sender: (to) => bytes(to, 20).set(Buffer.from(sender, 'hex')),
      native_keccak256: (at, length, to) => bytes(to, 32).set(keccak_256(bytes(at, length))),
      emit_log(at, length, topics) {
        const words = hex(bytes(at, length)).match(/.{64}/g) ?? []
        emitted.push({ topics: words.slice(0, topics), data: words.slice(topics) })
      },
    }
    const { exports } = instantiate({ vm_hooks })
    memory = exports.memory
    if (exports.user_entrypoint(calldata.length) !== 0) throw new Error('reverted')
    for (const [key, value] of flushed) storage.set(key, value)
    logs.push(...emitted)
    return result
  }

  return { call, logs, storage }
}

/** Calldata: the selector of a method, and its arguments, addresses as digits or numbers. */
export function encode(method, ...args) {
  const selector = hex(keccak_256(Buffer.from(method)).subarray(0, 4))
  const words = args.map((each) => (typeof each === 'string' ? each : each.toString(16)).padStart(64, '0'))
  return Buffer.from(selector + words.join(''), 'hex')
}
