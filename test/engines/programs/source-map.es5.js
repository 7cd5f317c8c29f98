// Mozilla's source-map, in Rust: reads mappings, gives them in both orders and looks positions up.
function drive(instantiate) {
  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  var hash = 0
  var count = 0
  var found = []

  function see() {
    count++
    for (var i = 0; i < arguments.length; i++) hash = ((hash << 5) - hash + arguments[i]) | 0
    if (found.length < 40) found.push(Array.prototype.join.call(arguments, ' '))
  }

  function vlq(value) {
    var rest = value < 0 ? (-value << 1) | 1 : value << 1
    var result = ''
    do {
      result += DIGITS.charAt((rest & 31) | (rest > 31 ? 32 : 0))
      rest >>>= 5
    } while (rest > 0)
    return result
  }

  var mappings = ''
  var seed = 12345
  for (var i = 0; i < 600; i++) {
    seed = (seed * 1103515 + 12345) & 0x7fffffff
    mappings +=
      vlq(seed % 97) + vlq(i % 50 === 0 ? 1 : 0) + vlq((seed >> 8) % 5) + vlq(((seed >> 4) % 41) - 20 * (i & 1))
    mappings = mappings.replace(/-$/, '') + (i % 4 === 3 ? ';' : ',')
  }
  function nothing() {}
  var env = { mapping_callback: see }
  'all_generated_locations_for compute_column_spans generated_location_for original_location_for parse_mappings sort_by_generated_location sort_by_original_location'
    .split(' ')
    .forEach(function (name) {
      env['start_' + name] = env['end_' + name] = nothing
    })
  var e = instantiate({ env: env }).exports
  function read(text) {
    var at = e.allocate_mappings(text.length)
    var bytes = new Uint8Array(e.memory.buffer)
    for (var i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
    return e.parse_mappings(at)
  }
  var map = read(mappings)
  see(map === 0 ? e.get_last_error() : -1)
  if (map !== 0) {
    e.by_generated_location(map)
    e.by_original_location(map)
    e.compute_column_spans(map)
    for (var line = 0; line < 150; line += 7) {
      e.original_location_for(map, line, line % 40, (line % 2) + 1)
      e.all_generated_locations_for(map, line % 5, line, 0, 0)
    }
    e.free_mappings(map)
  }
  see(read('AAAA,A!') === 0 ? e.get_last_error() : -1)
  return [count, hash].concat(found).join('\n')
}
