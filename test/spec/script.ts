// A specification script as data: the schema of ../shared/spec/README.md.

import type { NumName, ValName } from '../binary/code.ts'

export type LaneType = 'i8' | 'i16' | 'i32' | 'i64' | 'f32' | 'f64'

/** A number as unsigned decimal bits, or `nan:canonical` and `nan:arithmetic` as expectations. */
export interface NumValue {
  readonly type: NumName
  readonly value: string
}

export interface VecValue {
  readonly type: 'v128'
  readonly lane_type: LaneType
  readonly value: readonly string[]
}

/** Expectation only: any of the values, which are all of one type. */
export interface EitherValue {
  readonly type: 'either'
  readonly values: readonly Value[]
}

export type RefName = Exclude<ValName, NumName | 'v128'> | 'refnull'

/** `value` is `null` or the number of a host reference; without it, any reference of the type that is not null. */
export interface RefValue {
  readonly type: RefName
  readonly value?: string
}

export type Value = NumValue | VecValue | EitherValue | RefValue

export type Action =
  | { readonly type: 'invoke'; readonly module?: string; readonly field: string; readonly args: readonly Value[] }
  | { readonly type: 'get'; readonly module?: string; readonly field: string }

interface Line {
  readonly line: number
}

export interface ModuleText {
  readonly module_type: 'binary' | 'text'
  readonly module_base64?: string
}

export interface ActionCommand extends Line {
  readonly type: 'action' | 'assert_trap' | 'assert_exhaustion' | 'assert_exception' | 'assert_suspension'
  readonly action: Action
}

export interface AssertModule extends Line, ModuleText {
  readonly type:
    | 'assert_invalid'
    | 'assert_malformed'
    | 'assert_unlinkable'
    | 'assert_uninstantiable'
    | 'assert_malformed_custom'
    | 'assert_invalid_custom'
  readonly superseded_by?: readonly string[]
}

export type Command =
  | (Line & ModuleText & { readonly type: 'module' | 'module_definition'; readonly name?: string })
  | (Line & { readonly type: 'module_instance'; readonly instance?: string; readonly module?: string })
  | (Line & { readonly type: 'register'; readonly name?: string; readonly as: string })
  | ActionCommand
  | (Line & { readonly type: 'assert_return'; readonly action: Action; readonly expected: readonly Value[] })
  | AssertModule
  | (Line & {
      readonly type: 'thread'
      readonly name: string
      readonly shared_module?: string
      readonly commands: readonly Command[]
    })
  | (Line & { readonly type: 'wait'; readonly thread: string })

export interface Script {
  readonly source_filename: string
  readonly commands: readonly Command[]
}

/** What became of a command. `root` is the line of the failed module command that this one could not do without. */
export interface Outcome {
  readonly line: number
  readonly type: Command['type']
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly message?: string
  readonly root?: number
}
