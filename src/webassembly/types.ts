// The types of the `WebAssembly` object, as its users see them. TypeScript's own are part of the DOM library, which programs for
// servers and small engines do not load; where it is loaded, ours can stand for them.

import type { ExternalKind } from '../0-wasm/external.ts'

export type Bytes = ArrayBuffer | ArrayBufferView

/** JavaScript API: WebAssemblyCompileOptions. */
export interface CompileOptions {
  readonly builtins?: readonly string[]
  readonly importedStringConstants?: string | null
}

/** By module and name; which of its properties are read is the module's choice. */
export type ImportObject = object

// biome-ignore lint/complexity/noBannedTypes: an object about which nothing is said
export type Module = {}

export interface Instance {
  // biome-ignore lint/suspicious/noExplicitAny: functions, memories, tables, globals and tags, of types that only the module knows
  readonly exports: Record<string, any>
}

export interface InstantiatedSource {
  readonly module: Module
  readonly instance: Instance
}

export interface ModuleExportDescriptor {
  readonly name: string
  readonly kind: ExternalKind
}

export interface ModuleImportDescriptor extends ModuleExportDescriptor {
  readonly module: string
}

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128' | 'anyfunc' | 'externref'

/** Sizes and indices: a BigInt where the addresses have 64 bits. */
export interface Memory {
  readonly buffer: ArrayBuffer
  grow(delta: number): number
  grow(delta: bigint): bigint
  toFixedLengthBuffer(): ArrayBuffer
  toResizableBuffer(): ArrayBuffer
}

export interface Table {
  readonly length: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever the references refer to
  get(index: number | bigint): any
  grow(delta: number, value?: unknown): number
  grow(delta: bigint, value?: unknown): bigint
  set(index: number | bigint, value?: unknown): void
}

export interface Global {
  // biome-ignore lint/suspicious/noExplicitAny: of the type that the global was made with
  value: any
  // biome-ignore lint/suspicious/noExplicitAny: the same
  valueOf(): any
}

export type Tag = object

export interface Exception {
  readonly stack: string | undefined
  is(tag: Tag): boolean
  // biome-ignore lint/suspicious/noExplicitAny: of the tag's type
  getArg(tag: Tag, index: number): any
}

interface Limits {
  readonly initial: number | bigint
  readonly maximum?: number | bigint
  readonly address?: 'i32' | 'i64'
}

interface Class<T, Arguments extends readonly unknown[]> {
  readonly prototype: T
  new (...args: Arguments): T
}

interface ErrorClass extends Class<Error, [message?: string]> {
  (message?: string): Error
}

interface ModuleClass extends Class<Module, [bytes: Bytes, options?: CompileOptions]> {
  exports(module: Module): ModuleExportDescriptor[]
  imports(module: Module): ModuleImportDescriptor[]
  customSections(module: Module, sectionName: string): ArrayBuffer[]
}

/** What a server answered: a Response, or a promise of one. Of another kind it is a TypeError. */
type Source = object

export interface WebAssemblyObject {
  validate(bytes: Bytes, options?: CompileOptions): boolean
  compile(bytes: Bytes, options?: CompileOptions): Promise<Module>
  compileStreaming(source: Source, options?: CompileOptions): Promise<Module>
  instantiate(bytes: Bytes, importObject?: ImportObject, options?: CompileOptions): Promise<InstantiatedSource>
  instantiate(module: Module, importObject?: ImportObject): Promise<Instance>
  instantiateStreaming(
    source: Source,
    importObject?: ImportObject,
    options?: CompileOptions,
  ): Promise<InstantiatedSource>
  readonly Module: ModuleClass
  readonly Instance: Class<Instance, [module: Module, importObject?: ImportObject]>
  readonly Memory: Class<Memory, [descriptor: Limits & { readonly shared?: boolean }]>
  readonly Table: Class<Table, [descriptor: Limits & { readonly element: 'anyfunc' | 'externref' }, value?: unknown]>
  readonly Global: Class<
    Global,
    [descriptor: { readonly value: ValueType; readonly mutable?: boolean }, value?: unknown]
  >
  readonly Tag: Class<Tag, [type: { readonly parameters: readonly ValueType[] }]>
  readonly Exception: Class<
    Exception,
    [tag: Tag, payload: readonly unknown[], options?: { readonly traceStack?: boolean }]
  >
  readonly CompileError: ErrorClass
  readonly LinkError: ErrorClass
  readonly RuntimeError: ErrorClass
  readonly JSTag: Tag
}
