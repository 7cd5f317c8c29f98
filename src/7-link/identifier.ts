// Names that the linker itself gives to things in the output.

const RESERVED = new Set(
  (
    'abstract arguments await boolean break byte case catch char class const continue debugger default delete do ' +
    'double else enum eval export extends false final finally float for function goto if implements import in ' +
    'instanceof int interface let long native new null package private protected public return short static super ' +
    'switch synchronized this throw throws transient true try typeof undefined var void volatile while with yield'
  ).split(' '),
)

/** Variables that there are already: of JavaScript, of pages and workers (but for their classes), and of what loads modules. */
const GLOBALS = new Set(
  [
    'AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Boolean ' +
      'DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array ' +
      'Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise ' +
      'Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String SuppressedError Symbol ' +
      'SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef ' +
      'WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape globalThis isFinite ' +
      'isNaN parseFloat parseInt unescape',
    'addEventListener alert atob blur btoa caches cancelAnimationFrame cancelIdleCallback captureEvents ' +
      'clearInterval clearTimeout clientInformation close closed confirm console cookieStore createImageBitmap ' +
      'crossOriginIsolated crypto customElements devicePixelRatio dispatchEvent document event external fetch focus ' +
      'fonts frameElement frames getComputedStyle getSelection history importScripts indexedDB innerHeight ' +
      'innerWidth isSecureContext length localStorage location locationbar matchMedia menubar moveBy moveTo name ' +
      'navigation navigator open opener orientation origin originAgentCluster outerHeight outerWidth pageXOffset ' +
      'pageYOffset parent performance personalbar postMessage print prompt queueMicrotask releaseEvents ' +
      'removeEventListener reportError requestAnimationFrame requestIdleCallback resizeBy resizeTo scheduler screen ' +
      'screenLeft screenTop screenX screenY scroll scrollBy scrollTo scrollX scrollY scrollbars self sessionStorage ' +
      'setInterval setTimeout speechSynthesis status statusbar stop structuredClone styleMedia toString toolbar top ' +
      'trustedTypes visualViewport webkitURL window',
    'Buffer define exports global module process require',
  ].flatMap((names) => names.split(' ')),
)

/** An identifier that any edition of JavaScript takes, made of the text: `my-app` -> `my_app`. */
export function identifier(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_$]/g, '_')
  return name === '' || /^[0-9]/.test(name) || RESERVED.has(name) ? `_${name}` : name
}

/**
 * The global variable that a classic script of this name declares. One that is there already keeps its value, makes a string of it
 * (`name`), goes elsewhere (`location`), or is missing to all other scripts from then on: `location` -> `_location`.
 */
export function globalName(text: string): string {
  const name = identifier(text)
  return GLOBALS.has(name) ? `_${name}` : name
}
