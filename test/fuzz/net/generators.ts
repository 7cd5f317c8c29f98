// The generators of the net, by name.

import { branches } from '../branches.ts'
import { missingTool } from '../csmith/tools.ts'
import { hasGc, hasMemory64 } from '../engine.ts'
import { generate } from '../generate.ts'
import { atomics } from '../own/atomics.ts'
import { changes } from '../own/changes.ts'
import { floats } from '../own/floats.ts'
import { large } from '../own/large.ts'
import { objects } from '../own/objects.ts'
import { bytes, pointers, pointers64 } from '../own/pointers.ts'
import { buildModule, type Style } from '../own/shell.ts'
import { switches } from '../own/switches.ts'
import { throws } from '../own/throws.ts'
import { vectors } from '../own/vectors.ts'
import { wides } from '../own/wides.ts'
import { words } from '../own/words.ts'
import { Random } from '../random.ts'
import { packageFile } from '../tools/install.ts'
import type { ModuleGenerator } from './generator.ts'

interface Entry {
  /** How often it is asked, of the sum of all weights. */
  readonly weight: number
  /** What it needs and is not here, if there is such. */
  readonly missing?: () => string | undefined
  /** What its modules need that this process's engine lacks, if there is such. */
  readonly lacking?: () => string | undefined
  readonly open: () => Promise<ModuleGenerator>
}

const missingPackage = (): string | undefined =>
  packageFile('binaryen') === undefined ? 'package binaryen' : undefined

/** Memories that have grown as far as they may, and globals that are what they are set to, tell no more. */
const CHANGES_SPAN = 16

const SIZES = [20, 60, 150, 400]

export const GENERATORS: Readonly<Record<string, Entry>> = {
  binaryen: {
    weight: 30,
    missing: missingPackage,
    open: async () => (await import('../binaryen/generator.ts')).open(),
  },
  throws: { weight: 12, open: async () => ({ make: async (seed) => [own(buildModule(seed, throws(seed)))] }) },
  changes: {
    weight: 15,
    open: async () => ({ make: async (seed) => [{ ...own(buildModule(seed, changes(seed))), span: CHANGES_SPAN }] }),
  },
  switches: { weight: 20, open: async () => styled(switches) },
  branches: {
    weight: 10,
    open: async () => ({ make: async (seed) => [own(branches(seed, 15, new Random(seed).pick([12, 25, 50])))] }),
  },
  words: { weight: 20, open: async () => styled(words) },
  wides: { weight: 8, open: async () => styled(wides) },
  pointers: { weight: 15, open: async () => styled(pointers) },
  bytes: { weight: 8, open: async () => styled(bytes) },
  // Node 20 has no such memories.
  pointers64: {
    weight: 10,
    lacking: () => (hasMemory64() ? undefined : 'an engine with memory64'),
    open: async () => styled(pointers64),
  },
  atomics: { weight: 6, open: async () => styled(atomics) },
  floats: { weight: 12, open: async () => styled(floats) },
  vectors: { weight: 12, open: async () => styled(vectors) },
  objects: {
    weight: 15,
    lacking: () => (hasGc() ? undefined : 'an engine with GC'),
    open: async () => ({ make: async (seed) => [own(objects(seed))] }),
  },
  large: { weight: 1, open: async () => styled(large, true) },
  csmith: { weight: 2, missing: missingTool, open: async () => (await import('../csmith/generator.ts')).open() },
  mixed: {
    weight: 20,
    open: async () => ({ make: async (seed) => [own(generate(seed, new Random(seed).pick(SIZES)).bytes)] }),
  },
}

const styled = (style: Style, isLarge = false): ModuleGenerator => ({
  make: async (seed) => [{ ...own(buildModule(seed, style)), isLarge }],
})

const own = (bytes: Uint8Array<ArrayBuffer>) => ({ part: '', bytes, shrink: false })
