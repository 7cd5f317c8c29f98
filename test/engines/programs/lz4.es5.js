// lz4_flex, in Rust with wasm-bindgen: compresses 50 kB, and gets them back.
function drive(instantiate) {
  var e = instantiate({
    __wbindgen_placeholder__: {
      __wbindgen_string_new: function (at, length) {
        throw new Error(String.fromCharCode.apply(null, new Uint8Array(e.memory.buffer, at, length)))
      },
    },
  }).exports

  function call(name, input) {
    var result = e.__wbindgen_add_to_stack_pointer(-16)
    var at = e.__wbindgen_malloc(input.length)
    new Uint8Array(e.memory.buffer).set(input, at)
    e[name](result, at, input.length)
    var words = new Int32Array(e.memory.buffer)
    var bytes = new Uint8Array(e.memory.buffer)
    var output = []
    for (var i = 0; i < words[(result >> 2) + 1]; i++) output.push(bytes[words[result >> 2] + i])
    e.__wbindgen_free(words[result >> 2], words[(result >> 2) + 1])
    e.__wbindgen_add_to_stack_pointer(16)
    return output
  }

  function sum(bytes) {
    var a = 1
    var b = 0
    for (var i = 0; i < bytes.length; i++) {
      a = (a + bytes[i]) % 65521
      b = (b + a) % 65521
    }
    return bytes.length + ' ' + a + ' ' + b
  }

  var seed = 7
  var input = []
  for (var i = 0; i < 50000; i++) {
    seed = (seed * 16807) % 2147483647
    input.push(i % 100 < 60 ? (i * 31) & 15 : seed & 255)
  }
  var packed = call('compress', input)
  var lines = [sum(input), sum(packed), sum(call('decompress', packed))]
  try {
    call('decompress', packed.slice(0, 999))
  } catch (error) {
    lines.push(error.message)
  }
  return lines.join('\n')
}
