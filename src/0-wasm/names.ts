// Names of the name section (spec appendix, "Custom Sections / Name Section"), the extended subsections included.
// They are data: nothing but labels for people.

export interface Names {
  readonly module: string | undefined
  readonly funcs: ReadonlyMap<number, string>
  readonly locals: ReadonlyMap<number, ReadonlyMap<number, string>>
  readonly types: ReadonlyMap<number, string>
  readonly tables: ReadonlyMap<number, string>
  readonly memories: ReadonlyMap<number, string>
  readonly globals: ReadonlyMap<number, string>
}

export const NO_NAMES: Names = {
  module: undefined, funcs: new Map(), locals: new Map(), types: new Map(),
  tables: new Map(), memories: new Map(), globals: new Map(),
}
