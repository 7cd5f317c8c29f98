// The Web API's sources of bytes (WebAssembly Web API, "Streaming Module Compilation and Instantiation").

/** What is read of a Response; structural, since not every engine that has `fetch` has its class as a global. */
interface ResponseLike {
  readonly ok: boolean
  readonly headers: { get(name: string): string | null }
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The body of a response of type application/wasm. Rejects with a TypeError for every other thing. */
export async function responseBytes(source: unknown, where: string): Promise<ArrayBuffer> {
  const response = source as ResponseLike | null | undefined
  if (typeof response?.arrayBuffer !== 'function' || typeof response.headers?.get !== 'function') {
    throw new TypeError(`${where}: Argument 0 must be a Response or a Promise resolving to one`)
  }
  if (!response.ok) throw new TypeError(`${where}: HTTP status code is not ok`)
  const type = response.headers.get('content-type')?.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '') ?? ''
  if (type.toLowerCase() !== 'application/wasm') {
    throw new TypeError(`${where}: Incorrect response MIME type. Expected 'application/wasm'.`)
  }
  return response.arrayBuffer()
}
