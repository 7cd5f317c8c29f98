// Where the files of this folder are: scripts of npm run in the root.

import { resolve } from 'node:path'

export const HERE = resolve('test/engines')
