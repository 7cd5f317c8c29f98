// WASI preview 1: the error numbers used here (wasi_snapshot_preview1, "errno").

export const SUCCESS = 0
export const BADF = 8
export const INVAL = 28
export const IO = 29
export const NOSYS = 52
export const SPIPE = 70
