// Argon2id, in C: 64-bit arithmetic over 64 kB of memory. Its blocks are filled from a generator, not from a password.
function drive(instantiate) {
  var e = instantiate({}).exports
  e.Hash_SetMemorySize(64 + 1)
  var at = e.Hash_GetBuffer()
  var words = new Int32Array(e.memory.buffer)
  function parameter(index, value) {
    words[(at >> 2) + index] = value
  }
  var seed = 99
  for (var i = 0; i < 64 * 256; i++) {
    seed = (seed * 16807) % 2147483647
    words[(at >> 2) + i] = seed * 5
  }
  // Lanes, length of the hash, memory in kB, passes, version, kind.
  parameter(0, 1)
  parameter(1, 32)
  parameter(2, 64)
  parameter(3, 2)
  parameter(4, 0x13)
  parameter(5, 2)
  e.Hash_Calculate(24, 64)
  var bytes = new Uint8Array(e.memory.buffer)
  var lines = []
  for (var k = 0; k < 64 * 1024; k += 1000)
    lines.push(Array.prototype.join.call(bytes.subarray(at + k, at + k + 8), ' '))
  return lines.join('\n')
}
