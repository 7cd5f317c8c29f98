// sock_*: no descriptor is a socket, for which JavaScript has no calls that wait.

import type { Context, WasiFunction } from './context.ts'
import { fail } from './errno.ts'

export function socketFunctions({ descriptors }: Context): Record<string, WasiFunction> {
  const noSocket = (fd: number): never => {
    descriptors.get(fd)
    return fail('NOTSOCK')
  }
  return { sock_accept: noSocket, sock_recv: noSocket, sock_send: noSocket, sock_shutdown: noSocket }
}
