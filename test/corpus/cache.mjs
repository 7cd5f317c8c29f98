import { fileURLToPath } from 'node:url'

/** A path in the folder of built and saved files, which may be deleted at any time. */
export const cacheFile = (name) => fileURLToPath(new URL(`./.cache/${name}`, import.meta.url))
