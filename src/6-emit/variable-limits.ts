/**
 * How many things of a kind an instance keeps in variables; further ones are elements of arrays. Together they are below
 * what QuickJS allows (65,535 variables of a function) as long as few functions have versions, and take at most 400 kB of
 * stack while the instance is made.
 */
export const VARIABLE_LIMITS = { func: 30_000, global: 5_000, table: 1_000, tag: 1_000, segment: 5_000, type: 5_000 }
