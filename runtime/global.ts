// Global instances.

/** The same object in all modules that share the global. */
export interface GlobalInstance {
  readonly kind: 'global'
  /** Letter of its value type. */
  readonly type: string
  readonly mutable: boolean
  /** Its register, the low half of an i64. */
  v: unknown
  /** The high half of an i64, else 0. */
  h: number
  /** Its Global object, once one is made. */
  object: object | null
}

export function global_new(type: string, mutable: boolean, v: unknown, h: number): GlobalInstance {
  return { kind: 'global', type: type, mutable: mutable, v: v, h: h, object: null }
}
