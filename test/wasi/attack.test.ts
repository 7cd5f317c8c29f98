// No path leads out of a folder that a program was given. Each attack is made on Linux's way (open folders), on the way of other
// systems (paths that are looked over), and on a library's files.

import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { FileSystem } from '../../src/wasi.ts'
import { asLibrary, CREAT, DIRECTORY, EXCL, FOLLOW, Guest, TRUNC } from './guest.ts'
import { library } from './libraries.ts'

const scratch = fs.mkdtempSync(join(tmpdir(), 'nowasm-attack-'))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

/** A system of files, as a program gets it and as the test sees it, and a folder of it. */
interface System {
  readonly files: FileSystem
  readonly host: typeof fs
  readonly root: string
}

const memfs = await library<{ memfs(): { fs: unknown } }>('memfs')
const zenfs = await library<{ fs: unknown }>('@zenfs/core')

const inMemory = (files: unknown): System => {
  const host = files as typeof fs
  if (!host.existsSync('/root')) host.mkdirSync('/root')
  return { files: files as FileSystem, host, root: '/root' }
}

const SYSTEMS: [string, (() => System) | undefined][] = [
  ['open folders', () => ({ files: fs as unknown as FileSystem, host: fs, root: scratch })],
  ['paths', () => ({ files: asLibrary(fs), host: fs, root: scratch })],
  ['memfs', memfs && (() => inMemory(memfs.memfs().fs))],
  ['ZenFS', zenfs && (() => inMemory(zenfs.fs))],
]

describe.each(SYSTEMS)('%s', (_name, make) => {
  let files: FileSystem
  let host: typeof fs
  let root: string
  let guest: Guest
  let outside: string
  let inside: string

  beforeEach(({ skip }) => {
    if (!make) return skip('the library cannot be installed')
    ;({ files, host, root } = make())
    outside = `${root}/outside`
    inside = `${root}/inside`
    for (const folder of [outside, inside]) {
      host.rmSync(folder, { recursive: true, force: true })
      host.mkdirSync(folder)
    }
    host.writeFileSync(`${outside}/secret`, 'secret')
    host.mkdirSync(`${outside}/folder`)
    host.mkdirSync(`${inside}/folder`)
    host.writeFileSync(`${inside}/file`, 'mine')
    host.writeFileSync(`${inside}/folder/file`, 'mine too')
    const links: Record<string, string> = {
      'to-secret': '../outside/secret',
      'to-outside': '../outside',
      'absolute-file': `${outside}/secret`,
      'absolute-folder': outside,
      'to-root': '/',
      'to-inside-absolute': `${inside}/file`,
      'folder/up-and-out': '../../outside/secret',
      'folder/up': '..',
      'above': '..',
      'chain-1': 'chain-2',
      'chain-2': 'folder/chain-3',
      'folder/chain-3': '../to-secret',
      'in-and-out': 'folder/../../outside/secret',
      'loop-a': 'loop-b',
      'loop-b': 'folder/../loop-a',
      'self': 'self/x',
      'new': '../outside/new',
      'new-absolute': `${outside}/new`,
      'good': 'folder/file',
      'good-folder': './folder//',
    }
    for (const [name, target] of Object.entries(links)) host.symlinkSync(target, `${inside}/${name}`)
    guest = new Guest({ fs: files, preopens: { '/': inside } })
  })

  /** Outside nothing has changed. */
  const unharmed = (): void => {
    expect(host.readdirSync(outside).map(String).sort()).toEqual(['folder', 'secret'])
    expect(host.readFileSync(`${outside}/secret`, 'utf8')).toBe('secret')
    expect(host.readdirSync(`${outside}/folder`)).toEqual([])
  }

  const OUT = [
    ...['../outside/secret', 'folder/../../outside/secret', './../outside/secret', '../inside/file', '..'],
    ...['folder/../..', 'folder/../../inside/file', '/etc/passwd', '/', '//', 'to-secret', 'to-outside/secret'],
    ...['absolute-file', 'absolute-folder/secret', 'to-root/etc/passwd', 'to-inside-absolute', 'folder/up-and-out'],
    ...['above/outside/secret', 'folder/up/to-secret', 'folder/up/../outside/secret', 'chain-1', 'in-and-out'],
    ...['good-folder/../../outside/secret', 'good-folder/up-and-out', 'to-outside/../outside/secret'],
  ]

  test.each(OUT)('%s is not read', (path) => {
    expect(guest.read(path)).toBe('NOTCAPABLE')
    expect(guest.stat(path)).toBe('NOTCAPABLE')
    expect(guest.call('path_filestat_set_times', 3, FOLLOW, path, 0n, 0n, 5)).toBe('NOTCAPABLE')
    unharmed()
  })

  test.each([...OUT, 'new', 'new-absolute', 'to-outside/new'])('%s is not written', (path) => {
    for (const oflags of [CREAT, CREAT | TRUNC, TRUNC]) expect(guest.write(path, 'x', { oflags })).toBe('NOTCAPABLE')
    unharmed()
  })

  test.each(['to-secret', 'absolute-file', 'to-outside', 'new', 'chain-1', 'above', 'loop-a'])(
    '%s is not followed if links are not',
    (path) => {
      expect(guest.read(path, { lookup: 0 })).toBe('LOOP')
      expect(guest.write(path, 'x', { lookup: 0 })).toBe('LOOP')
      expect(guest.open(path, { lookup: 0, oflags: CREAT })).toBe('LOOP')
      expect(guest.open(path, { oflags: CREAT | EXCL })).toBe('EXIST')
      expect(['LOOP', 'NOTDIR']).toContain(guest.open(path, { lookup: 0, oflags: DIRECTORY }))
      expect(guest.stat(path, 0)).toMatch(/^7 /)
      unharmed()
    },
  )

  test.each(['to-outside', 'absolute-folder', 'to-root', 'above', 'folder/..', 'to-outside/', 'above/.', '..', '../'])(
    'the folder %s is not listed from outside',
    (path) => {
      if (path === 'folder/..') return expect(guest.list(path)).toContain('file folder')
      expect(guest.list(path)).toBe('NOTCAPABLE')
    },
  )

  test.each(['to-outside', 'absolute-folder', '../outside', 'folder/up/../outside', 'above/outside'])(
    'nothing happens in %s',
    (folder) => {
      for (const [name, ...args] of [
        ['path_create_directory', 3, `${folder}/made`],
        ['path_remove_directory', 3, `${folder}/folder`],
        ['path_unlink_file', 3, `${folder}/secret`],
        ['path_rename', 3, `${folder}/secret`, 3, 'stolen'],
        ['path_rename', 3, 'file', 3, `${folder}/planted`],
        ['path_rename', 3, 'folder', 3, `${folder}/planted`],
        ['path_link', 3, 0, `${folder}/secret`, 3, 'stolen'],
        ['path_link', 3, FOLLOW, `${folder}/secret`, 3, 'stolen'],
        ['path_link', 3, 0, 'file', 3, `${folder}/planted`],
        ['path_symlink', 'x', 3, `${folder}/planted`],
      ] as [string, ...(number | string)[]][]) {
        expect([name, guest.call(name, ...args)]).toEqual([name, 'NOTCAPABLE'])
      }
      expect(guest.readlink(`${folder}/secret`)).toBe('NOTCAPABLE')
      unharmed()
      expect(host.existsSync(`${inside}/stolen`)).toBe(false)
    },
  )

  test('links themselves are moved and removed, not what they lead to', () => {
    expect(guest.call('path_rename', 3, 'to-outside', 3, 'moved')).toBe('ok')
    expect(guest.readlink('moved')).toBe('../outside')
    expect(guest.call('path_rename', 3, 'file', 3, 'to-secret')).toBe('ok')
    expect(guest.read('to-secret')).toBe('mine')
    expect(guest.call('path_unlink_file', 3, 'absolute-file')).toBe('ok')
    expect(guest.call('path_remove_directory', 3, 'absolute-folder')).toBe('NOTDIR')
    const { mtimeMs } = host.statSync(`${outside}/secret`)
    expect(guest.call('path_filestat_set_times', 3, 0, 'chain-1', 0n, 0n, 5)).toBe('ok')
    guest.call('path_filestat_set_times', 3, 0, 'folder/up-and-out', 0n, 0n, 5)
    expect(host.statSync(`${outside}/secret`).mtimeMs).toBe(mtimeMs)
    expect(guest.call('path_create_directory', 3, 'new')).toBe('EXIST')
    expect(guest.call('path_create_directory', 3, 'new/')).toBe('EXIST')
    expect(guest.call('path_symlink', 'x', 3, 'new')).toBe('EXIST')
    expect(guest.call('path_link', 3, 0, 'folder/file', 3, 'new')).toBe('EXIST')
    expect(guest.call('path_link', 3, FOLLOW, 'new', 3, 'linked')).toBe('NOTCAPABLE')
    unharmed()
  })

  test('slashes at the end', () => {
    const calls: [string, string, string][] = [
      ['path_unlink_file', 'to-outside/', 'NOTDIR'],
      ['path_unlink_file', 'file/', 'NOTDIR'],
      ['path_unlink_file', 'folder/', 'ISDIR'],
      ['path_create_directory', 'to-outside/', 'EXIST'],
      ['path_create_directory', 'made/', 'ok'],
      ['path_remove_directory', 'made///', 'ok'],
    ]
    for (const [name, path, error] of calls)
      expect([name, path, guest.call(name, 3, path)]).toEqual([name, path, error])
    expect(guest.call('path_rename', 3, 'to-outside/', 3, 'stolen')).toBe('NOTDIR')
    expect(guest.call('path_rename', 3, 'file', 3, 'to-outside/')).toBe('NOTDIR')
    expect(guest.call('path_symlink', 'x', 3, 'planted/')).toBe('NOENT')
    expect(guest.call('path_link', 3, 0, 'file', 3, 'planted/')).toBe('NOENT')
    expect(guest.readlink('to-outside/')).toBe('NOTCAPABLE')
    expect(guest.readlink('to-outside')).toBe('../outside')
    expect(guest.stat('to-outside/', 0)).toBe('NOTCAPABLE')
    expect(guest.stat('file/')).toBe('NOTDIR')
    expect(guest.write('planted/', 'x')).toBe('NOENT')
    unharmed()
  })

  test('a program makes a way out, and cannot go it', () => {
    expect(guest.call('path_symlink', outside, 3, 'mine-absolute')).toBe('PERM')
    expect(guest.call('path_symlink', '/', 3, 'mine-root')).toBe('PERM')
    expect(guest.call('path_symlink', '../outside/secret', 3, 'mine')).toBe('ok')
    expect(guest.read('mine')).toBe('NOTCAPABLE')
    expect(guest.call('path_symlink', '../..', 3, 'folder/mine')).toBe('ok')
    expect(guest.read('folder/mine/outside/secret')).toBe('NOTCAPABLE')
    // A link that is good where it is, and is not where it is moved to.
    expect(guest.call('path_symlink', '../file', 3, 'folder/good')).toBe('ok')
    expect(guest.read('folder/good')).toBe('mine')
    expect(guest.call('path_rename', 3, 'folder/good', 3, 'good-no-more')).toBe('ok')
    expect(guest.read('good-no-more')).toBe('NOTCAPABLE')
    unharmed()
  })

  test('loops and long chains end', () => {
    for (const path of ['loop-a', 'loop-b', 'self', 'self/y', 'loop-a/x']) expect(guest.read(path)).toBe('LOOP')
    for (let i = 0; i < 60; i++) host.symlinkSync(i === 0 ? 'file' : `many-${i - 1}`, `${inside}/many-${i}`)
    expect(guest.read('many-39')).toBe('mine')
    expect(guest.read('many-40')).toBe('LOOP')
    // Each link doubles the path: it must not be gone to its end.
    for (let i = 0; i < 30; i++)
      host.symlinkSync(i === 0 ? '.' : `twice-${i - 1}/twice-${i - 1}`, `${inside}/twice-${i}`)
    expect(guest.read('twice-29/file')).toBe('LOOP')
    expect(guest.read(`${'folder/../'.repeat(400)}file`)).toBe('mine')
    expect(guest.read(`${'./'.repeat(3000)}file`)).toBe('NAMETOOLONG')
  })

  test('zero bytes, bytes that are no text, and nothing', () => {
    for (const path of ['file\0', '\0', 'file\0/../../outside/secret', '../outside/secret\0']) {
      expect(guest.read(path)).toBe('INVAL')
      expect(guest.call('path_unlink_file', 3, path)).toBe('INVAL')
    }
    expect(guest.call('path_symlink', 'a\0b', 3, 'planted')).toBe('INVAL')
    expect(guest.read('')).toBe('NOENT')
    guest.bytes.set([0x66, 0xff], 50_000)
    expect(guest.call('path_unlink_file', 3, 50_000, 2)).toBe('ILSEQ')
    expect(guest.call('path_unlink_file', 3, 2 ** 17 - 1, 2)).toBe('OVERFLOW')
    expect(guest.call('path_unlink_file', 3, -1, 4)).toBe('OVERFLOW')
    unharmed()
  })

  test('folders that were opened lead no further than the one they are in', () => {
    const folder = guest.open('folder', { oflags: DIRECTORY }) as number
    expect(guest.read('file', { in: folder })).toBe('mine too')
    for (const path of ['../file', 'up/file', 'up-and-out', '..', 'chain-3', '../folder/file']) {
      expect(guest.read(path, { in: folder })).toBe('NOTCAPABLE')
    }
    expect(guest.list('.', folder)).toBe('. .. chain-3 file up up-and-out')
    for (const path of ['.', 'folder/..', './']) {
      expect(guest.call('path_remove_directory', 3, path)).toBe('INVAL')
      expect(guest.call('path_unlink_file', 3, path)).toBe('ISDIR')
      expect(guest.call('path_rename', 3, path, 3, 'folder/root')).toBe('BUSY')
      expect(guest.call('path_rename', 3, 'file', 3, path)).toBe('BUSY')
      expect(guest.call('path_create_directory', 3, path)).toBe('EXIST')
    }
    unharmed()
  })

  test('what is inside works, links and all', () => {
    expect(guest.read('good')).toBe('mine too')
    expect(guest.read('good-folder/file')).toBe('mine too')
    expect(guest.read('folder/up/file')).toBe('mine')
    expect(guest.read('folder/up/folder/../good-folder/up/good')).toBe('mine too')
    expect(guest.write('good', 'changed')).toBe('ok')
    expect(host.readFileSync(`${inside}/folder/file`, 'utf8')).toBe('changed')
    expect(guest.call('path_symlink', 'folder/later', 3, 'later')).toBe('ok')
    expect(guest.write('later', 'made')).toBe('ok')
    expect(host.readFileSync(`${inside}/folder/later`, 'utf8')).toBe('made')
    expect(guest.stat('..')).toBe('NOTCAPABLE')
    expect(guest.list('.')).toContain('. .. ')
  })
})

test('two folders: what leads out of one does not lead into the other', () => {
  const [one, two] = ['one', 'two'].map((name) => join(scratch, name))
  for (const folder of [one, two]) fs.mkdirSync(folder)
  fs.writeFileSync(join(two, 'file'), 'two')
  const guest = new Guest({ preopens: { '/one': one, '/two': two } })
  expect(guest.read('../two/file')).toBe('NOTCAPABLE')
  expect(guest.read('file', { in: 4 })).toBe('two')
  expect(guest.call('path_rename', 4, 'file', 3, 'moved')).toBe('ok')
  expect(guest.read('moved')).toBe('two')
  expect(guest.call('path_link', 3, 0, 'moved', 4, 'linked')).toBe('ok')
  expect(guest.read('linked', { in: 4 })).toBe('two')
})

/** Swaps a folder for a link and back, as fast as it can. */
const RACER = `
const fs = require('node:fs')
const { workerData: { inside, flag } } = require('node:worker_threads')
const running = new Int32Array(flag)
Atomics.store(running, 0, 1)
Atomics.notify(running, 0)
while (Atomics.load(running, 0) === 1) {
  try {
    fs.renameSync(inside + '/folder', inside + '/aside')
    fs.renameSync(inside + '/link', inside + '/folder')
    fs.renameSync(inside + '/folder', inside + '/link')
    fs.renameSync(inside + '/aside', inside + '/folder')
    fs.renameSync(inside + '/file', inside + '/file-aside')
    fs.renameSync(inside + '/file-link', inside + '/file')
    fs.renameSync(inside + '/file', inside + '/file-link')
    fs.renameSync(inside + '/file-aside', inside + '/file')
  } catch {}
}
`

test.runIf(process.platform === 'linux')(
  'a race: someone swaps a folder for a link',
  async () => {
    const [inside, outside] = ['race-inside', 'race-outside'].map((name) => join(scratch, name))
    for (const folder of [inside, outside, join(inside, 'folder'), join(outside, 'sub')]) fs.mkdirSync(folder)
    for (const folder of [inside, join(inside, 'folder')]) fs.writeFileSync(join(folder, 'file'), 'mine')
    fs.mkdirSync(join(inside, 'folder', 'sub'))
    fs.writeFileSync(join(outside, 'file'), 'secret')
    fs.symlinkSync(outside, join(inside, 'link'))
    fs.symlinkSync(join(outside, 'file'), join(inside, 'file-link'))
    const guest = new Guest({ preopens: { '/': inside } })
    const flag = new SharedArrayBuffer(4)
    const worker = new Worker(RACER, { eval: true, workerData: { inside, flag } })
    const running = new Int32Array(flag)
    while (Atomics.load(running, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1))
    const seen = new Set<string>()
    for (const end = Date.now() + 3000; Date.now() < end; ) {
      seen.add(guest.read('folder/file'))
      seen.add(guest.read('file'))
      seen.add(guest.stat('folder/file'))
      guest.write('folder/planted', 'x')
      guest.call('path_create_directory', 3, 'folder/planted-folder')
      guest.call('path_symlink', 'x', 3, 'folder/planted-link')
      guest.call('path_rename', 3, 'file', 3, 'folder/planted')
      guest.call('path_rename', 3, 'folder/planted', 3, 'file')
      guest.call('path_unlink_file', 3, 'folder/planted')
      guest.call('path_remove_directory', 3, 'folder/sub')
      guest.call('path_create_directory', 3, 'folder/sub')
      seen.add(guest.list('folder').includes('secret') ? 'secret' : 'list')
    }
    Atomics.store(running, 0, 0)
    await worker.terminate()
    // It did come between, and nothing came of it.
    expect(seen).toContain('NOTCAPABLE')
    expect(seen).toContain('mine')
    expect(seen).not.toContain('secret')
    expect(fs.readdirSync(outside).sort()).toEqual(['file', 'sub'])
    expect(fs.readFileSync(join(outside, 'file'), 'utf8')).toBe('secret')
  },
  30_000,
)
