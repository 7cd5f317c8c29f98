// Which features a module uses, as far as it has been read, and whether all of them are available.

import { CompileError } from './errors.ts'
import { availableFeatures, type Feature, lacking, stateOf } from './features.ts'
import type { Module } from './module.ts'
import { placeOf } from './place.ts'

export class FeatureUse {
  readonly #available: ReadonlySet<Feature>
  /** Where each feature is used first, in bytes from the start of the module. */
  readonly #first = new Map<Feature, number>([['mvp', 0]])
  /** Whether one of them is not available. */
  isLacking = false
  /** Whether one of them is only recognised, so that the module cannot be validated. */
  isForeign = false

  constructor(available: ReadonlySet<Feature> = availableFeatures()) {
    this.#available = available
  }

  /** Notes a use. @param offset in bytes from the start of the module */
  add(feature: Feature, offset: number): void {
    const first = this.#first.get(feature)
    if (first !== undefined && first <= offset) return
    this.#first.set(feature, offset)
    if (this.#available.has(feature)) return
    this.isLacking = true
    if (stateOf(feature) === 'recognised') this.isForeign = true
  }

  get used(): Feature[] {
    return [...this.#first.keys()]
  }

  /** Those that are not available, and the offset at which the first of them is used. */
  get lacking(): { readonly features: ReadonlySet<Feature>; readonly offset: number } {
    const lacks = [...this.#first].filter(([feature]) => !this.#available.has(feature))
    return {
      features: new Set(lacks.map(([feature]) => feature)),
      offset: Math.min(...lacks.map(([, offset]) => offset)),
    }
  }
}

/** The error that says which features are lacking, of those met so far. */
export function refusal(module: Pick<Module, 'features' | 'funcs' | 'exports' | 'names'>): CompileError {
  const { features, offset } = module.features.lacking
  return new CompileError('unsupported', lacking(features), placeOf(module, offset))
}
