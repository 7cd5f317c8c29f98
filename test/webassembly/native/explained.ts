// Where we differ from V8 14, and why: the specification says otherwise, or JavaScript cannot do it. A reason that explains
// no difference any more makes the test fail.

/** Beginnings of names of cases, by reason. */
export const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  'WebIDL: an attribute of a namespace is a getter, V8 has a value': ['interfaces: properties of the namespace'],
  'A clone of a module, in another thread, is an instance too, and it takes its code along in a property': [
    'interfaces: Module: keys',
    'interfaces: Module: properties',
    'modules: own properties of a module',
    'modules: a module is no clone',
  ],
  "V8 has source phase imports, whose class is above Module's": ["interfaces: Module: prototype's prototype"],
  "Our classes are below the engine's own, so that its `instanceof` knows what we make": [
    ...['Memory', 'Table', 'Global', 'Tag'].map((name) => `interfaces: ${name}: prototype's prototype`),
    'interfaces: Tag: properties',
    "interfaces: Exception: prototype's prototype",
    "interfaces: CompileError: prototype's prototype",
    "interfaces: LinkError: prototype's prototype",
    "interfaces: RuntimeError: prototype's prototype",
  ],
  'V8 pays no heed to new.target of a Tag': ['interfaces: Tag: subclass', 'interfaces: Tag: another target'],
  'In ES5 a constructor does not know its target': ['interfaces: RuntimeError: another target'],
  'V8 limits memories with 64-bit addresses to less than the specification': ['memories: address i64, a large maximum'],
  'JavaScript has no two buffers of different length on the same shared memory': [
    'memories: growing a shared memory',
    'memories: resizable, shared',
    'memories: resizable and grown, shared',
  ],
  "JavaScript cannot keep others from detaching a buffer, or from cloning an object's properties": [
    'memories: the buffer cannot be',
    'memories: a memory is no clone',
    'exceptions: Exception: structuredClone',
  ],
  'WebIDL: a sequence is an iterable, V8 takes what is like an array': [
    'exceptions: Tag: the order in which a descriptor is read',
    'exceptions: Tag: any iterable',
    'exceptions: Tag: parameters a function',
    'exceptions: Exception: payloads',
  ],
  'WebIDL: all arguments are converted before the payload becomes values of Wasm': [
    'exceptions: Exception: the order of arguments',
  ],
  'Tag and values of an exception are properties with symbols as keys: other copies of the runtime find them': [
    'exceptions: Exception: own properties',
    'exceptions: thrown by a module',
  ],
  'ToWebAssemblyValue: undefined is no BigInt, and NaN as a number; V8 takes 0': [
    'exceptions: Exception: i64 takes undefined',
    'exceptions: Exception: f32 takes undefined',
    'exceptions: Exception: f64 takes undefined',
  ],
  'WebIDL: undefined for an optional argument is as good as none': [
    'tables: anyfunc takes undefined',
    'tables: eqref takes undefined',
    'tables: i31ref takes undefined',
    'tables: structref takes undefined',
    'tables: arrayref takes undefined',
  ],
  'The text of a function of ours is what it is': ['modules: an exported function'],
  'A DataView and shared memory are sources of bytes, V8 takes shared memory in typed arrays only': [
    'modules: kinds of buffers',
  ],
  'Web API: the type of a response may be in capitals too; Node wants small letters': [
    'streaming: compileStreaming: type "Application/WASM"',
    'streaming: instantiateStreaming: type "Application/WASM"',
  ],
  'JavaScript API: methods of exotic objects say false, where V8 throws a TypeError or leaves properties out of JSON': [
    ...['struct', 'numbers', 'references'].flatMap((kind) =>
      [
        'Reflect.set',
        'Reflect.deleteProperty',
        'Reflect.defineProperty',
        'Reflect.preventExtensions',
        'JSON.stringify',
      ].map((action) => `references: ${kind}: ${action}`),
    ),
  ],
}
