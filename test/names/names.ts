// Names that want to be code, markup, or something special to JavaScript.

/** Calls a global function if it ever runs. */
const CALL = 'globalThis.pwned()'

export const NAMES: readonly string[] = [
  '', ' ', '"', "'", '\\', '`', '\n', '\r\n', '\0', '\t', '\u2028', '\u2029', '\ufeff', '\u200f', '\x7f', '\x1b[31m',
  '</script>', `</script><script>${CALL}</script>`, '<!--', '-->', '*/', '/*', '//', '//# sourceMappingURL=x', '${', ']]>',
  `"+${CALL}+"`, `'+${CALL}+'`, `\`+${CALL}+\``, `\${${CALL}}`, `*/${CALL};/*`, `\n${CALL};//`, `\u2028${CALL};//`,
  `\\"+${CALL}+"`, `\\\n${CALL}`, `a(){}};${CALL};({b`, `x){${CALL}}function y(`, `']=${CALL};x['`,
  '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'length', 'name', 'default',
  'await', 'yield', 'let', 'static', 'enum', 'eval', 'arguments', 'async', 'class', 'this', 'null', 'new', 'typeof', 'import',
  'undefined', 'NaN', 'Infinity', 'Math', 'DataView', 'Int32Array', 'globalThis', 'Symbol', 'Object',
  'instantiate', 'imports', 'exports', 'module', 'require', 'realm', 'trap', 'data', 'ri', 'memory', '$', '_', '__nowasm_1',
  'a', 'a-b', 'a_b', 'a.b', 'a b', 'a$b', '0', '1e3', '-1', '\\u0061', 'ä', 'naïve', '日本語', '😀', '𝒳', 'é',
  'x'.repeat(5000), 'f0', 'i0', 'l0', 'g0',
]

/** What a literal must not hold as it stands, lest a page that carries the script ends it. */
export const MARKUP = /<\/script|<!--|[\u2028\u2029]/i
