// Types of the file that build-runtime.ts writes.

declare module '#runtime' {
  /** The version of nowasm, for the banner. */
  export const version: string
  export const declarations: readonly import('./bundle.ts').Declaration[]
}
