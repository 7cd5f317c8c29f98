// SQLite, in C: a table of 300 rows, an index, joins, aggregates, a recursive query, an error.
function drive(instantiate, memory) {
  var out = []
  var e

  function fails() {
    return -52 // no such call
  }

  function zero() {
    return 0
  }

  var names =
    'faccessat fchmod chmod fchown32 fcntl64 openat ioctl fstat64 stat64 newfstatat lstat64 ftruncate64 getcwd mkdirat ' +
    'readlinkat rmdir unlinkat utimensat'
  var env = { memory: memory, _tzset_js: zero, _localtime_js: zero, emscripten_resize_heap: zero }
  names.split(' ').forEach(function (name) {
    env['__syscall_' + name] = fails
  })
  env.emscripten_date_now = env.emscripten_get_now = zero
  env._emscripten_get_now_is_monotonic = zero
  var wasi = {}
  'fd_close fd_write fd_read fd_sync environ_sizes_get environ_get fd_seek fd_fdstat_get'
    .split(' ')
    .forEach(function (name) {
      wasi[name] = zero
    })
  e = instantiate({ env: env, wasi_snapshot_preview1: wasi }).exports

  function put(text) {
    var at = e.malloc(text.length + 1)
    var bytes = new Uint8Array(memory.buffer)
    for (var i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
    bytes[at + text.length] = 0
    return at
  }

  function text(at) {
    var bytes = new Uint8Array(memory.buffer)
    var result = ''
    while (at && bytes[at]) result += String.fromCharCode(bytes[at++])
    return result
  }

  function word(at) {
    return new Int32Array(memory.buffer)[at >> 2]
  }

  function run(db, sql) {
    var at = e.malloc(4)
    if (e.sqlite3_prepare_v2(db, put(sql), -1, at, 0) !== 0) return out.push(text(e.sqlite3_errmsg(db)))
    var statement = word(at)
    while (e.sqlite3_step(statement) === 100) {
      var row = []
      for (var i = 0; i < e.sqlite3_column_count(statement); i++) row.push(text(e.sqlite3_column_text(statement, i)))
      out.push(row.join('|'))
    }
    e.sqlite3_finalize(statement)
  }

  e.__wasm_call_ctors()
  var at = e.malloc(4)
  e.sqlite3_open(put(':memory:'), at)
  var db = word(at)
  var lines = [
    'create table item (id integer primary key, name text, price real, kind integer)',
    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300) insert into item select i, 'item ' || (i * 79 % 300), i * 37 % 101 / 8.0, i % 7 from n",
    'create index by_price on item (price)',
    'select kind, count(*), sum(price), avg(price), min(name), max(name) from item group by kind order by 3 desc',
    'select a.id, b.id from item a join item b on a.price = b.price and a.id < b.id order by a.price desc, 1, 2 limit 9',
    'with recursive n(i, f) as (select 1, 1.5 union all select i + 1, f * 1.01 + i % 3 from n where i < 300) select sum(f), total(i) from n',
    "select upper(substr(name, 3, 6)) || hex(id), round(price, 1), 9223372036854775807 - id, printf('%.9g', price / 3) from item limit 4 offset 123",
    "select sqlite_version(), 1 << 40, -7 % 3, 7.0 / 3, cast(1e19 as integer), 'item 99' glob 'it*9', 1e300 * 10, -9223372036854775807 / 3",
    'select * from nowhere',
    'pragma integrity_check',
  ]
  lines.forEach(function (line) {
    run(db, line)
  })
  e.sqlite3_close_v2(db)
  return out.join('\n')
}
