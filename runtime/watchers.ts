// The views that instances have of a memory, which are made again when it grows: all of them, or none if that fails.

import { hide } from './hidden.ts'

/**
 * Called with bytes alone, makes views of the first `bytes.length` bytes of `bytes.buffer`; called with those views too,
 * puts them to use. One function does both: the second step must not fail, and being the same function it is compiled by
 * then and needs no more stack than the first did.
 */
export type Watcher = (bytes: Uint8Array, views?: object) => object | undefined

interface WatcherRef {
  deref(): Watcher | undefined
}

/** The watchers of a memory. */
export interface Watchers {
  refs: WatcherRef[]
  /** At this length, those whose instances are gone are forgotten before more are added. */
  limit: number
}

export function watchers_new(): Watchers {
  return { refs: [], limit: 8 }
}

/** A reference that keeps the watcher alive. */
export function watcher_strong(f: Watcher): WatcherRef {
  return {
    deref: function () {
      return f
    },
  }
}

/** One that does not, where the engine has such. */
export function watcher_weak(f: Watcher): WatcherRef {
  return typeof WeakRef === 'function' ? new WeakRef(f) : watcher_strong(f)
}

/** Gives an instance its views of a memory's bytes, and adds it to those whose views are renewed. */
export function watchers_add(list: Watchers, bytes: Uint8Array, f: Watcher, ref: WatcherRef): void {
  f(bytes, f(bytes))
  if (list.refs.length >= list.limit) list.limit = 2 * watchers_alive(list).length + 8
  list.refs.push(ref)
}

/**
 * Gives all instances views of other bytes. What fails does so before any of them has these.
 * @param commit called once all views are made; nothing fails after it
 */
export function watchers_renew(list: Watchers, bytes: Uint8Array, commit: () => void): void {
  const watchers = watchers_alive(list)
  const views: object[] = []
  for (let i = 0; i < watchers.length; i++) views.push(watchers[i]!(bytes) as object)
  commit()
  for (let j = 0; j < watchers.length; j++) watchers[j]!(bytes, views[j])
}

/**
 * A watcher whose views keep it alive: so it lives as long as any function that has the views. The link is in the realm,
 * since that is always there: what links them in an output may go while functions live that do not mention it.
 */
export function watcher_linked(f: Watcher): Watcher {
  return function linked(bytes, made) {
    const views = f(bytes, made) as Record<string, unknown>
    if (made !== undefined || typeof WeakRef !== 'function') return views
    Object.keys(views).forEach(function (key) {
      const view = views[key]
      if (typeof view === 'object') hide(view as object, linked)
    })
    return views
  }
}

/** The watchers whose instances are alive; the others are forgotten. */
function watchers_alive(list: Watchers): Watcher[] {
  const alive: Watcher[] = []
  list.refs = list.refs.filter(function (ref) {
    const f = ref.deref()
    if (f !== undefined) alive.push(f)
    return f !== undefined
  })
  return alive
}
