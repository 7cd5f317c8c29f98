// V8 as it was: the Node that runs the bench, which may be the oldest one that nowasm supports.
import { open as openNode } from './node.mjs'

export const title = 'Node that is here (V8)'

export const open = () => openNode({ node: process.execPath })
