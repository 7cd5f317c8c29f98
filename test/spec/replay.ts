// Replays one script on one engine.

import { Actions } from './actions.ts'
import type { Engine, SharedInstance, Thread } from './engine.ts'
import { Blocked, Missing, Registry } from './registry.ts'
import type { AssertModule, Command, ModuleText, Outcome, Script } from './script.ts'
import { Wrappers } from './wrapper.ts'

/** The command of a type, also where several types share one shape. */
type CommandOf<T extends Command['type'], C extends Command = Command> = C extends unknown
  ? T extends C['type']
    ? C
    : never
  : never

type Handler<T extends Command['type']> = (command: CommandOf<T>) => void

/** @returns a description of an exception, one line. */
const describe = (error: unknown): string =>
  String(error instanceof Error ? `${error.name}: ${error.message}` : error)
    .replace(/\s+/g, ' ')
    .slice(0, 300)

const bytesOf = ({ module_base64 }: ModuleText): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(module_base64 ?? '', 'base64'))

class Replay {
  readonly #engine: Engine
  readonly #registry: Registry
  readonly #actions: Actions

  readonly #threads = new Map<string, Thread>()

  /** @param shared what a thread of a script sees of the one around it */
  constructor(engine: Engine, wrappers: Wrappers, shared: SharedInstance | undefined) {
    this.#engine = engine
    this.#registry = new Registry(engine.api)
    if (shared !== undefined) this.#registry.add(shared as unknown as WebAssembly.Instance, shared.name)
    this.#actions = new Actions(engine, this.#registry, wrappers)
  }

  /** Runs `act`, which must throw what `accept` accepts. */
  #throws(act: () => unknown, what: string, accept: (error: unknown) => boolean): void {
    try {
      act()
    } catch (error) {
      if (error instanceof Blocked || accept(error)) {
        if (error instanceof Blocked) throw error
        return
      }
      throw new Error(`expected ${what}, got ${describe(error)}`)
    }
    throw new Error(`expected ${what}, got none`)
  }

  #module: Handler<'module'> = (command) => {
    try {
      this.#define(command)
    } catch (error) {
      this.#registry.add(new Missing(command.line), command.name)
      throw error
    }
    this.#instantiate(undefined, command.line, command.name)
  }

  #define(command: ModuleText & { line: number; name?: string }): void {
    try {
      this.#registry.define(new this.#engine.api.Module(bytesOf(command)), command.name)
    } catch (error) {
      this.#registry.define(new Missing(command.line), command.name)
      throw error
    }
  }

  /** Makes an instance of a definition, by default the last one, and names it. */
  #instantiate(definition: string | undefined, line: number, name: string | undefined): void {
    try {
      this.#registry.add(this.#registry.instantiate(this.#registry.definition(definition)), name)
    } catch (error) {
      this.#registry.add(new Missing(error instanceof Blocked ? error.root : line), name)
      throw error
    }
  }

  #moduleInstance: Handler<'module_instance'> = ({ line, module, instance }) =>
    this.#instantiate(module, line, instance)

  /** A refusal as `unsupported` does not count: the engine did not find what is wrong. */
  #refused(command: AssertModule): void {
    const { CompileError } = this.#engine.api
    this.#throws(
      () => new this.#engine.api.Module(bytesOf(command)),
      'a CompileError',
      (error) => error instanceof CompileError && !error.message.startsWith('unsupported:'),
    )
  }

  #failsToLink(command: AssertModule): void {
    const module = new this.#engine.api.Module(bytesOf(command))
    const { LinkError } = this.#engine.api
    this.#throws(
      () => this.#registry.instantiate(module),
      'a LinkError',
      (error) => (this.#registry.knows(module) ? error instanceof LinkError : error instanceof TypeError),
    )
  }

  #trap(act: () => unknown): void {
    this.#throws(act, 'a RuntimeError', (error) => error instanceof this.#engine.api.RuntimeError)
  }

  #exception: Handler<'assert_exception'> = ({ action }) => {
    const { Exception } = this.#engine.api
    this.#throws(
      () => this.#actions.perform(action),
      'a WebAssembly exception',
      (error) => Exception !== undefined && error instanceof Exception,
    )
  }

  #thread({ name, commands, shared_module: seen }: CommandOf<'thread'>): void {
    const { startThread } = this.#engine
    if (startThread === undefined) throw new Error('unsupported: threads')
    const exports = seen === undefined ? undefined : this.#registry.instance(seen).exports
    const shared = seen === undefined ? undefined : { name: seen, exports: exports as SharedInstance['exports'] }
    this.#threads.set(name, startThread(commands, shared))
  }

  /** What failed in a thread fails where it is waited for. */
  #wait(name: string): void {
    const failed = this.#threads
      .get(name)!
      .join()
      .find(({ result }) => result === 'failed')
    if (failed !== undefined) throw new Error(`thread ${name}, line ${failed.line}: ${failed.message}`)
  }

  readonly #handlers: { [T in Command['type']]: Handler<T> } = {
    module: this.#module,
    module_definition: (command) => this.#define(command),
    module_instance: this.#moduleInstance,
    register: ({ as, name }) => this.#registry.register(as, name),
    action: ({ action }) => this.#actions.perform(action),
    assert_return: ({ action, expected }) => this.#actions.check(action, expected),
    assert_trap: ({ action }) => this.#trap(() => this.#actions.perform(action)),
    assert_exhaustion: ({ action }) =>
      this.#throws(
        () => this.#actions.perform(action),
        'the end of the stack',
        this.#engine.isExhaustion ?? ((error) => error instanceof RangeError),
      ),
    assert_exception: this.#exception,
    assert_suspension: () => {
      throw new Error('unsupported: stack-switching')
    },
    assert_invalid: (command) => this.#refused(command),
    assert_malformed: (command) => this.#refused(command),
    assert_unlinkable: (command) => this.#failsToLink(command),
    assert_uninstantiable: (command) => {
      const module = new this.#engine.api.Module(bytesOf(command))
      this.#trap(() => this.#registry.instantiate(module))
    },
    assert_malformed_custom: (command) => void new this.#engine.api.Module(bytesOf(command)),
    assert_invalid_custom: (command) => void new this.#engine.api.Module(bytesOf(command)),
    thread: (command) => this.#thread(command),
    wait: ({ thread }) => this.#wait(thread),
  }

  #skipped(command: Command): boolean {
    if ('module_type' in command && command.module_type === 'text') return true
    return 'superseded_by' in command && !!command.superseded_by?.some((name) => this.#engine.features.has(name))
  }

  run(command: Command): Outcome {
    const { line, type } = command
    if (this.#skipped(command)) return { line, type, result: 'skipped' }
    try {
      ;(this.#handlers[type] as Handler<Command['type']>)(command as never)
      return { line, type, result: 'passed' }
    } catch (error) {
      const root = error instanceof Blocked ? { root: error.root } : {}
      return { line, type, result: 'failed', message: describe(error), ...root }
    }
  }
}

/** @returns the outcome of each command of the script, in order; `wrappers` may be shared between scripts. */
export function replay(
  script: Pick<Script, 'commands'>,
  engine: Engine,
  wrappers = new Wrappers(engine.api),
  shared?: SharedInstance,
): Outcome[] {
  const run = new Replay(engine, wrappers, shared)
  return script.commands.map((command) => run.run(command))
}
