// Lua: calls, tables, sorting, strings, closures.
export async function start() {
  const { LuaFactory } = await import('wasmoon')
  const lua = await new LuaFactory().createEngine()
  await lua.doString(SCRIPT)
  return async () => String(await lua.doString('return work()'))
}

const SCRIPT = `
local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
local function sorted()
  local t = {} for i = 1, 100000 do t[i] = (i * 7919) % 100003 end table.sort(t)
  local s = 0 for i, v in ipairs(t) do s = s + i * v % 97 end return s
end
local function strings()
  local t = {} for i = 1, 8000 do t[#t + 1] = ('key%d=%x'):format(i, i * i) end
  local n = 0 for k, v in table.concat(t, ';'):gmatch('(%w+)=(%w+)') do n = n + #k * #v end return n
end
local function sieve()
  local composite, count = {}, 0
  for i = 2, 500000 do
    if not composite[i] then count = count + 1 for j = i * i, 500000, i do composite[j] = true end end
  end
  return count
end
local function objects()
  local Point = {} Point.__index = Point
  Point.__add = function(a, b) return setmetatable({ x = a.x + b.x, y = a.y - b.y }, Point) end
  local p, q = setmetatable({ x = 0.5, y = 1 }, Point), setmetatable({ x = 1, y = 0.25 }, Point)
  for i = 1, 300000 do p = p + q end
  return p.x * 1000 + p.y
end
function work() return table.concat({ fib(27), sorted(), strings(), sieve(), objects() }, ',') end`
