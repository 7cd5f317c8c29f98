// Node's HTTP parser, in C: messages whole and cut into pieces, each event with its text.
function drive(instantiate) {
  var events = []
  var e

  function text(at, length) {
    return String.fromCharCode.apply(null, new Uint8Array(e.memory.buffer, at, length))
  }

  var env = {}
  'status header_field header_value body url'.split(' ').forEach(function (name) {
    env['wasm_on_' + name] = function (_parser, at, length) {
      events.push(name + ' ' + text(at, length))
      return 0
    }
  })
  'message_begin headers_complete message_complete'.split(' ').forEach(function (name) {
    env['wasm_on_' + name] = function (_parser, a, b, c) {
      events.push([name, a, b, c].join(' '))
      return 0
    }
  })

  function message(i) {
    var body = new Array(i + 1).join('body ' + i + ' ')
    var chunked = 'Transfer-Encoding: chunked\r\n\r\n' + body.length.toString(16) + '\r\n' + body + '\r\n0\r\n\r\n'
    var whole = 'Content-Length: ' + body.length + '\r\n\r\n' + body
    var header = i % 9 === 8 ? 'no colon here\r\n' : 'X-Text: ' + new Array(i + 2).join('t') + '\r\n'
    return 'HTTP/1.1 ' + (200 + i) + ' Fine\r\n' + header + (i % 2 && i > 0 ? chunked : whole)
  }

  function parse(data, size) {
    var parser = e.llhttp_alloc(2)
    var buffer = e.malloc(data.length)
    var code = 0
    for (var at = 0; at < data.length && code === 0; at += size) {
      var piece = data.slice(at, at + size)
      var bytes = new Uint8Array(e.memory.buffer)
      for (var i = 0; i < piece.length; i++) bytes[buffer + i] = piece.charCodeAt(i)
      code = e.llhttp_execute(parser, buffer, piece.length)
    }
    e.llhttp_free(parser)
    e.free(buffer)
    events.push('code ' + code)
  }

  e = instantiate({ env: env }).exports
  if (e._initialize) e._initialize()
  for (var i = 0; i < 30; i++) {
    parse(message(i), 1000)
    parse(message(i), (i % 13) + 1)
  }
  return events.join('\n')
}
