type Shape = (n: number) => Uint8Array<ArrayBuffer>

/** A module of about so many bytes, or fewer if the shape has a limit. */
export function ofSize(shape: Shape, bytes: number): Uint8Array<ArrayBuffer> {
  let n = 64
  let made = shape(n)
  while (made.length < bytes / 2 && n < 1e6) {
    n *= 2
    made = shape(n)
  }
  return Math.abs(made.length - bytes) < bytes / 20 ? made : shape(Math.max(1, Math.round((n * bytes) / made.length)))
}
