// Growing a buffer. The old ArrayBuffer is detached, as the JavaScript API says, where the engine has any means to.

/**
 * @param length in bytes, at least that of `old`
 * @returns a buffer of this length that begins with the bytes of `old`, the rest 0; throws if there is no memory
 */
export function buffer_resize(old: ArrayBuffer, length: number): ArrayBuffer {
  if (typeof old.transfer === 'function') return old.transfer(length)
  const fresh = new ArrayBuffer(length)
  new Uint8Array(fresh).set(new Uint8Array(old))
  buffer_detach(old)
  return fresh
}

/** A buffer of at least `length` bytes, and of `better` if there is memory for it. */
export function buffer_roomy(length: number, better: number): ArrayBuffer {
  if (better > length) {
    try {
      return new ArrayBuffer(better)
    } catch (_) {
      // There is not: that alone must not fail.
    }
  }
  return new ArrayBuffer(length)
}

/** Without means to detach (ES5 engines) the old buffer stays readable, but is no longer the memory. */
function buffer_detach(buffer: ArrayBuffer): void {
  if (typeof structuredClone === 'function') {
    structuredClone(buffer, { transfer: [buffer] })
  } else if (typeof MessageChannel === 'function') {
    const channel = new MessageChannel()
    channel.port1.postMessage(buffer, [buffer])
    channel.port1.close()
  }
}
