// WebAssembly.Memory: descriptors, growth, buffers.

import { type Api, attempt, type Case, converted, watched } from './describe.ts'
import { forValues } from './values.ts'

const make = (api: Api, descriptor: unknown) => new api.Memory(descriptor as WebAssembly.MemoryDescriptor)

/** What of a memory can be seen. */
const seen = (memory: WebAssembly.Memory) => [memory.buffer.byteLength, memory.buffer.constructor.name]

const cases: Record<string, Case> = {
  'no argument': (api) => new (api.Memory as unknown as new () => object)(),
  'the order in which a descriptor is read': (api, log) =>
    make(api, watched({ initial: 1, maximum: 2, shared: false, address: 'i32', minimum: 1, index: 'i32' }, log)),
  'the order in which members are converted': (api, log) =>
    make(api, {
      get shared() {
        log.push('shared')
        return false
      },
      get maximum() {
        log.push('maximum')
        return converted('maximum', 2, log)
      },
      get initial() {
        log.push('initial')
        return converted('initial', 1, log)
      },
      get address() {
        log.push('address')
        return converted('address', 'i32', log)
      },
    }),
  'a bad initial comes before a bad maximum': (api, log) =>
    make(api, watched({ initial: -1, maximum: Symbol(), address: 'i32' }, log)),
  'a bad address': (api, log) => make(api, watched({ initial: 1, address: 'i16' }, log)),
  'a maximum below': (api) => make(api, { initial: 2, maximum: 1 }),
  'a maximum below, and too large': (api) => make(api, { initial: 65537, maximum: 1 }),
  'shared without a maximum': (api) => make(api, { initial: 1, shared: true }),
  shared: (api) => seen(make(api, { initial: 1, maximum: 2, shared: true })),
  'shared, and something true': (api) => seen(make(api, { initial: 1, maximum: 2, shared: 'yes' })),
  'a shared buffer is frozen': (api) => Object.isFrozen(make(api, { initial: 1, maximum: 2, shared: true }).buffer),
  'a buffer is not': (api) => Object.isFrozen(make(api, { initial: 1 }).buffer),
  'address i64': (api) => seen(make(api, { initial: 1n, maximum: 2n, address: 'i64' })),
  'address i64 grows by': (api) => {
    const memory = make(api, { initial: 1n, maximum: 3n, address: 'i64' })
    const grow = memory.grow.bind(memory) as (delta: unknown) => unknown
    return [
      grow(1n),
      attempt(() => grow(1), api),
      attempt(() => grow(2n), api),
      attempt(() => grow('1'), api),
      ...seen(memory),
    ]
  },
  'address i64, order': (api, log) =>
    make(
      api,
      watched({ initial: converted('initial', 1n, log), maximum: converted('maximum', 2n, log), address: 'i64' }, log),
    ),
  'address i64, a large maximum': (api) => seen(make(api, { initial: 0n, maximum: 2n ** 48n, address: 'i64' })),
  'address i64, a maximum too large': (api) =>
    seen(make(api, { initial: 0n, maximum: 2n ** 48n + 1n, address: 'i64' })),
  'growing detaches the buffer': (api) => {
    const memory = make(api, { initial: 1, maximum: 3 })
    const before = memory.buffer
    const results = [
      memory.grow(1),
      before.byteLength,
      memory.buffer === before,
      Object.is(memory.buffer, memory.buffer),
    ]
    const now = memory.buffer
    return [...results, memory.grow(0), now.byteLength, memory.buffer === now, attempt(() => memory.grow(2), api)]
  },
  'growing a shared memory': (api) => {
    const memory = make(api, { initial: 1, maximum: 3, shared: true })
    const before = memory.buffer
    return [memory.grow(1), before.byteLength, memory.buffer === before, memory.grow(0), memory.buffer.byteLength]
  },
  'the buffer cannot be set': (api) => attempt(() => Reflect.set(make(api, { initial: 1 }), 'buffer', 1), api),
  'the buffer cannot be detached': (api) =>
    attempt(() => structuredClone(1, { transfer: [make(api, { initial: 1 }).buffer] }), api),
  'the buffer cannot be transferred': (api) =>
    attempt(() => (make(api, { initial: 1 }).buffer as unknown as { transfer(): unknown }).transfer(), api),
  'a memory is no clone': (api) => attempt(() => structuredClone(make(api, { initial: 1 })), api),
  text: (api) => [String(make(api, { initial: 1 })), JSON.stringify(make(api, { initial: 1 }))],
}

for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) =>
        make(api, value),
  ),
)) {
  cases[`descriptor ${name}`] = run
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) =>
        value === 2 ** 31 ? 'too much' : seen(make(api, { initial: value, maximum: 65536 })),
  ),
)) {
  // What is not refused takes memory.
  if (name !== '2^30-1') cases[`initial ${name}`] = run
}
for (const member of ['maximum', 'address']) {
  for (const [name, run] of Object.entries(
    forValues(
      (value): Case =>
        (api) =>
          seen(make(api, { initial: 1, [member]: value })),
    ),
  )) {
    cases[`${member} ${name}`] = run
  }
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) => {
        const memory = make(api, { initial: 1, maximum: 9 })
        return [memory.grow(value as number), ...seen(memory)]
      },
  ),
)) {
  cases[`grow ${name}`] = run
}
for (const [name, run] of Object.entries(
  forValues(
    (value): Case =>
      (api) =>
        seen(make(api, { initial: value, maximum: 9n, address: 'i64' })),
  ),
)) {
  cases[`address i64, initial ${name}`] = run
}

/** Ways to the buffer as one of a fixed length, or one that follows the memory. */
for (const [kind, descriptor] of Object.entries({
  plain: { initial: 1, maximum: 3 },
  'without a maximum': { initial: 1 },
  shared: { initial: 1, maximum: 3, shared: true },
})) {
  cases[`resizable, ${kind}`] = (api) => {
    const memory = make(api, descriptor) as WebAssembly.Memory & {
      toResizableBuffer?: () => ArrayBuffer
      toFixedLengthBuffer?: () => ArrayBuffer
    }
    const { buffer } = memory
    return ['toFixedLengthBuffer', 'toResizableBuffer', 'toResizableBuffer', 'toFixedLengthBuffer'].map((method) => {
      const to = memory[method as 'toResizableBuffer']
      if (to === undefined) return 'none'
      return attempt(() => {
        const made = to.call(memory) as ArrayBuffer & {
          resizable?: boolean
          growable?: boolean
          maxByteLength?: number
        }
        const same = [made === memory.buffer, made === buffer, buffer.byteLength]
        const own = [made.resizable, made.growable, made.maxByteLength, memory.grow(0), made === memory.buffer]
        return [...same, ...own, Object.isFrozen(made)]
      }, api)
    })
  }
  cases[`resizable and grown, ${kind}`] = (api) => {
    const memory = make(api, descriptor) as WebAssembly.Memory & { toResizableBuffer?: () => ArrayBuffer }
    if (memory.toResizableBuffer === undefined) return 'none'
    return attempt(() => {
      const made = memory.toResizableBuffer!() as ArrayBuffer & { resize?(n: number): void; grow?(n: number): void }
      const grown = [memory.grow(1), made.byteLength, memory.buffer === made]
      const resize = (n: number) => attempt(() => (made.resize ? made.resize(n) : made.grow!(n)), api)
      return [
        ...grown,
        resize(3 * 65536),
        made.byteLength,
        memory.buffer.byteLength,
        resize(65536),
        resize(100),
        resize(9 * 65536),
      ]
    }, api)
  }
}

export const memories = cases
