// WebAssembly.Tag

import { api_class, api_construct, api_object } from './api.ts'
import type { TagInstance } from './tag.ts'

class TagObject {
  constructor(_type: unknown) {
    api_construct(this, 'Tag', arguments)
  }
}

/** The class Tag of the JavaScript API. */
export const Tag: typeof TagObject = api_class('Tag', TagObject)

/** @returns the Tag of an instance */
export function tag_object(t: TagInstance): object {
  return api_object(Tag, t)
}
