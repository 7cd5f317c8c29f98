// The shape of a row of the instruction table.

/**
 * What an instruction does beside computing its results:
 * `pure` nothing, `trap` it may trap, `read` it reads state (and may trap), `write` it changes state (and may trap),
 * `control` it may transfer control.
 */
export type Effect = 'pure' | 'trap' | 'read' | 'write' | 'control'

/**
 * Opcode, type, effect, immediates.
 *
 * - The opcode is the byte itself, or `prefix << 12 | sub-opcode` (`0xfc_00a`).
 * - The type is written as in the spec, operands first: `'i32 i32 -> i32'`; `addr` stands for the address type of the
 *   memory or table that the instruction names first; `*` says the type is not fixed and has a rule of its own.
 * - Immediates are named in the binary's order; `memarg/4` gives the natural alignment in bytes, `atomic/4` likewise that
 *   of an access which has to be aligned, and `lane/16` the number of lanes.
 */
export type Row = readonly [opcode: number, type: string, effect: Effect, immediates?: string]
