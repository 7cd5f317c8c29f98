// Runs in every engine, the oldest too: makes instances of compiled modules, calls what they export and says what came out, in
// JSON. The operations and their results are those of job.ts.

/**
 * @param {(function(): function)[]} modules give the `instantiate` of an output each
 * @returns {function} performs one operation
 */
function guest(modules) {
  var instances = {}
  var instantiates = {}
  var hosts = {}
  var objects = []

  function nothing() {}

  function hostOf(name) {
    if (!hosts[name]) hosts[name] = { host: name }
    return hosts[name]
  }

  function exported(at) {
    return instances[at[0]] && instances[at[0]][at[1]]
  }

  function decode(value) {
    if (value === null || typeof value !== 'object') return value
    if ('number' in value) return Number(value.number)
    if ('bigint' in value) return BigInt(value.bigint)
    if ('host' in value) return hostOf(value.host)
    if ('object' in value) return objects[value.object]
    if ('exported' in value) return exported(value.exported)
    if ('nothing' in value) return nothing
    return undefined
  }

  function encode(value) {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
    if (value === undefined) return { undefined: 1 }
    if (typeof value === 'number') {
      var plain = isFinite(value) && !(value === 0 && 1 / value < 0)
      return plain ? value : { number: value === 0 ? '-0' : String(value) }
    }
    if (typeof value === 'bigint') return { bigint: String(value) }
    for (var name in hosts) if (hosts[name] === value) return { host: name }
    var at = objects.indexOf(value)
    if (at < 0) at = objects.push(value) - 1
    return { object: at, callable: typeof value === 'function' }
  }

  function imported(imports) {
    var result = {}
    imports.forEach(function (entry) {
      if (!result[entry[0]]) result[entry[0]] = Object.create(null)
      if (entry.length > 1) result[entry[0]][entry[1]] = decode(entry[2])
    })
    return result
  }

  var kinds = {
    instantiate: function (id, module, imports) {
      if (!instantiates[module]) instantiates[module] = modules[module]()
      instances[id] = instantiates[module](imported(imports)).exports
    },
    call: function (at, args) {
      return exported(at).apply(undefined, args.map(decode))
    },
    get: function (at) {
      return exported(at).value
    },
  }

  function thrown(error) {
    if (error instanceof Error) return { error: error.name, message: String(error.message) }
    var isException = typeof error === 'object' && error !== null && typeof error.getArg === 'function'
    return { error: isException ? 'Exception' : 'something else', message: String(error) }
  }

  return function perform(operation) {
    try {
      var value = kinds[operation[0]].apply(undefined, operation.slice(1))
      return Array.isArray(value) ? { list: value.map(encode) } : { value: encode(value) }
    } catch (error) {
      return thrown(error)
    }
  }
}
