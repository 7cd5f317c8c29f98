// CPython: exceptions (legacy ones), references to JavaScript objects, and functions that are made while it runs.
import { lackingFeature } from '../needs.mjs'

/** Where the engine has GC, it makes a module with it, in place of one in JavaScript: natively not on Node 20. */
export const varies = { modules: lackingFeature('GC') !== undefined }

export async function run() {
  const { loadPyodide } = await import('pyodide')
  const lines = []
  const python = await loadPyodide({ stdout: (line) => lines.push(line), env: { PYTHONHASHSEED: '7', HOME: '/' } })
  const calls = []
  python.registerJsModule('host', {
    add: (a, b) => a + b,
    note: (...values) => calls.push(JSON.stringify(values)),
    fail: () => {
      throw new TypeError('from the host')
    },
  })
  const results = []
  for (const script of SCRIPTS) results.push(String(await python.runPythonAsync(script)))
  const double = python.runPython('lambda x: x * 2')
  results.push(double(21), String(double(2n ** 70n)))
  double.destroy()
  return { results, lines, calls }
}

const SCRIPTS = [
  `def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
fib(13)`,
  `import json, re, hashlib, decimal, fractions, collections, itertools, textwrap, struct, base64, zlib
data = {f'k{i}': [i, i / 7, str(i) * 3, None, True] for i in range(60)}
hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()`,
  `sorted(collections.Counter(re.findall(r'\\w+', 'the cat and the dog and the bird')).items())`,
  `decimal.getcontext().prec = 40
str(decimal.Decimal(2).sqrt()) + str(fractions.Fraction(355, 113) ** 3) + repr(0.1 + 0.2) + repr(1e300 * 1e10) + repr(-7 // 2)`,
  `class Failure(Exception): pass
seen = []
for i in range(120):
    try:
        if i % 3 == 0: raise Failure(i)
        if i % 3 == 1: [][i]
        {}['x']
    except (Failure, LookupError) as error: seen.append(type(error).__name__)
    finally: seen.append(i)
hashlib.sha256(repr(seen).encode()).hexdigest()`,
  `import host
host.note(host.add(2, 40), 'text', [1, 2].__len__())
try: host.fail()
except Exception as error: print(type(error).__name__, error)
host.add('a', 'b')`,
  `def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as error: print('RecursionError')
def numbers():
    for i in range(5): yield i * i
list(numbers())`,
  `zlib.decompress(zlib.compress(b'abc' * 1000))[:9] + base64.b64encode(struct.pack('<idq', 7, 0.1, -1))`,
  `async def later(x): return x + 1
await later(41)`,
  `try: exec('x = = 1')
except SyntaxError as error: print(error)
2 ** 200 % (10 ** 9 + 7)`,
]
