// The buffers of memories.

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

/**
 * Detaches a buffer that its memory has left, as the JavaScript API says, where the engine has any means to: in old ones
 * (ES5) it stays readable.
 */
export function buffer_detach(buffer: ArrayBuffer): void {
  if (typeof buffer.transfer === 'function') {
    buffer.transfer(0)
  } else if (typeof structuredClone === 'function') {
    structuredClone(buffer, { transfer: [buffer] })
  } else if (typeof MessageChannel === 'function') {
    const channel = new MessageChannel()
    channel.port1.postMessage(buffer, [buffer])
    channel.port1.close()
  }
}
