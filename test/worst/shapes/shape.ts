/** Modules by a number that their size grows with, at least roughly. */
export type Shapes = Record<string, (n: number) => Uint8Array<ArrayBuffer>>
