// V8: the Node that is installed with the bench, or another.
import { execFileSync } from 'node:child_process'
import { benchNode } from '../install.mjs'
import { processEngine } from './process.mjs'

export const title = 'Node (V8)'

/** @param {{ node?: string }} paths path of another Node */
export function open({ node = benchNode() }) {
  const version = execFileSync(node, ['--version']).toString().trim()
  return { ...processEngine(node, `Node ${version}`), programs: true, jitless: true, v8: node }
}
