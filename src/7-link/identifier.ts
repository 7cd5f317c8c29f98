// Names that the linker itself gives to things in the output.

const RESERVED = new Set(
  (
    'abstract arguments await boolean break byte case catch char class const continue debugger default delete do ' +
    'double else enum eval export extends false final finally float for function goto if implements import in ' +
    'instanceof int interface let long native new null package private protected public return short static super ' +
    'switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield'
  ).split(' '),
)

/** An identifier that any edition of JavaScript takes, made of the text: `my-app` -> `my_app`. */
export function identifier(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_$]/g, '_')
  return name === '' || /^[0-9]/.test(name) || RESERVED.has(name) ? `_${name}` : name
}
