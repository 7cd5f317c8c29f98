// Whether this process's own engine has structures and arrays: without it there is nothing to compare with.

import { gcModule, structType } from '../binary/gc.ts'

export const hasGc = (): boolean => WebAssembly.validate(gcModule({ types: [structType('i32')], funcs: [] }))
