// es-module-lexer, in C: the imports and exports of a module's text.
function drive(instantiate) {
  var e = instantiate({}).exports
  var lines = [
    "import a, { b as c } from 'x'; import d from './d.json' with { type: 'json' }",
    "const e = await import('y' + c); import.meta.url; export * as f from 'z'; export { a as default, 'q r' as g }",
    'export const h = /[/]/g, i = `${a + `${import("w")}`}`; export async function* j () {}',
    'import { broken from "b"',
  ]
  var big = ''
  for (var i = 0; i < 60; i++)
    big += 'import * as n' + i + ' from "./n' + i + '.js"\nexport const v' + i + ' = n' + i + '.x / 2 // ' + i + '\n'
  lines.push(big)

  return lines
    .map(function (source) {
      var length = source.length
      var lacking = e.__heap_base.value + 4 * (length + 1) - e.memory.buffer.byteLength
      if (lacking > 0) e.memory.grow(Math.ceil(lacking / 65536))
      var at = e.sa(length)
      var units = new Uint16Array(e.memory.buffer, at, length + 1)
      for (var i = 0; i < length; i++) units[i] = source.charCodeAt(i)
      if (!e.parse()) return 'error at ' + e.e()
      var found = []
      while (e.ri()) found.push([e.is(), e.ie(), e.it(), e.ai(), e.id(), e.ss(), e.se(), e.ip()].join(' '))
      while (e.re()) found.push([e.es(), e.ee(), e.els(), e.ele()].join(' '))
      return found.concat(e.f(), e.ms()).join('\n')
    })
    .join('\n\n')
}
