// Lua: closures, coroutines, metatables, string patterns, errors, and functions of the host.
export async function run() {
  const { LuaFactory } = await import('wasmoon')
  const lua = await new LuaFactory().createEngine()
  const calls = []
  lua.global.set('host', (...values) => calls.push(JSON.stringify(values)))
  const results = []
  for (const script of SCRIPTS) {
    results.push(await lua.doString(script).catch((error) => String(error.message ?? error).split('\n')[0]))
  }
  lua.global.close()
  return { results, calls }
}

const SCRIPTS = [
  `local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end return fib(23)`,
  `local t = {} for i = 1, 60000 do t[i] = (i * 7919) % 60013 end table.sort(t) local s = 0
   for i, v in ipairs(t) do s = s + i * v % 97 end return s`,
  `local co = coroutine.wrap(function() for i = 1, 5 do coroutine.yield(i * i) end end)
   local out = {} for v in co do out[#out + 1] = v end return table.concat(out, ',')`,
  `return ('key = value; other=12'):gsub('(%w+)%s*=%s*(%w+)', '%2:%1') .. string.format('%5.3f|%g|%x|%q', 1/3, 1e300, 255, 'a')`,
  `local mt = { __index = function(_, k) return k .. '!' end, __add = function(a, b) return 42 end }
   local t = setmetatable({}, mt) return t.hello .. (t + t)`,
  `return table.concat({ tostring(math.maxinteger + 1 == math.mininteger), -7 // 2, 7 % -3, 1 << 63, 3 | 8,
    math.type(2^53), 10 / 4, 2^0.5, math.tointeger(3.0), 7.5 // 2, 1e15, -0.0, string.rep('ab', 3, '-') }, ' ')`,
  `host('from lua', 1.5, 42) return 'called'`,
  `error({ code = 7 })`,
  `local ok, message = pcall(function() local x = nil; return x.field end) return message`,
  `return table.concat({ string.pack('<i4d', 7, 0.1):byte(1, -1) }, ',')`,
]
