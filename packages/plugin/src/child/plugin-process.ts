import { setImmediate as nextTurn } from 'node:timers/promises';
import { Secret, systemClock, Withdrawal, withdrawn, type Adapter, type Log, type LogLevel, type Reader, type Translator } from '@tillbridge/core';
import type { HostedPart } from '@tillbridge/child-host';
import type { PluginContext, PluginKind } from '../define.js';
import type { PluginCall, PluginCommand, PluginSetup } from '../wire/messages.js';
import { confine } from './confine.js';
import { provideModules } from './modules.js';
import { ServedAdapter } from './served-adapter.js';
import type { Port, ServedPart } from './served-part.js';
import { ServedReader } from './served-reader.js';
import { ServedTranslator } from './served-translator.js';
import { wireFields, wireProblem } from './values.js';

/** How often the process looks at its own memory, ms. */
const LOOK_MS = 500;

/** Commands that may wait for the plugin to be loaded. */
const MOST_WAITING = 1000;

/** The plugin's side of the process: loads the package, makes its part, and hands calls on. */
export class PluginProcess implements HostedPart<PluginCommand> {
  readonly #setup: PluginSetup;
  readonly #port: Port;
  readonly #running = new Map<number, AbortController>();
  #waiting: PluginCommand[] = [];
  #part: ServedPart | undefined;

  constructor(setup: PluginSetup, port: Port) {
    this.#setup = setup;
    this.#port = port;
    this.#watchMemory();
    void this.#load();
  }

  command(command: PluginCommand): void {
    if (this.#part === undefined) {
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push(command);
      return;
    }
    this.#hand(this.#part, command);
  }

  async close(): Promise<void> {
    await this.#part?.close();
  }

  async #load(): Promise<void> {
    const { entry, kind, modules } = this.#setup;
    try {
      provideModules(modules);
      confine();
      const definition = definitionOf(((await import(entry)) as { readonly default?: unknown }).default);
      if (definition.kind !== kind) throw new Error(`its manifest says ${kind}, its code says ${definition.kind}`);
      this.#part = this.#serve(definition);
    } catch (error) {
      this.#port.send({ say: 'refused', problem: wireProblem(error).message });
      return;
    }
    this.#port.send({ say: 'hello', kind, abilities: this.#part.abilities });
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const command of waiting) this.command(command);
  }

  #serve(definition: AnyDefinition): ServedPart {
    const { id, options, secrets } = this.#setup;
    const context: PluginContext = {
      id,
      options,
      secrets: Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, new Secret(value)])),
      clock: systemClock,
      log: logTo(this.#port),
    };
    switch (definition.kind) {
      case 'adapter':
        return new ServedAdapter(definition.create(context) as Adapter, this.#port, systemClock);
      case 'reader':
        return new ServedReader(definition.create(context) as Reader, this.#port, systemClock);
      case 'translator':
        return new ServedTranslator(definition.create(context) as Translator);
    }
  }

  #hand(part: ServedPart, command: PluginCommand): void {
    if (command.call === 'goods' || command.call === 'expect') part.tell(command);
    else if (command.call === 'abort') this.#running.get(command.n)?.abort(command.cause === undefined ? new Error('withdrawn') : new Withdrawal(command.cause));
    else void this.#answer(part, command.n, command);
  }

  async #answer(part: ServedPart, n: number, call: PluginCall): Promise<void> {
    const controller = new AbortController();
    this.#running.set(n, controller);
    try {
      const value = call.call === 'deliver' && (await takenBack(controller.signal)) ? withdrawn(controller.signal) : await part.answer(call, controller.signal);
      this.#port.send({ say: 'answer', n, ...(value === undefined ? {} : { value }) });
    } catch (error) {
      this.#port.send({ say: 'failed', n, problem: wireProblem(error) });
    } finally {
      this.#running.delete(n);
    }
  }

  /** The heap has a limit of its own; buffers and native memory have none but this. */
  #watchMemory(): void {
    const look = (): void => {
      if (process.memoryUsage.rss() > this.#setup.memoryBytes) throw new Error('it used more memory than it may');
      systemClock.timer(LOOK_MS, look, { ref: false });
    };
    systemClock.timer(LOOK_MS, look, { ref: false });
  }
}

/**
 * Whether a number was taken back before the plugin has seen it: where its loop was blocked, the word of that stands behind the number in the
 * pipe. Two turns of the loop: what lies in the pipe is read between them.
 */
async function takenBack(signal: AbortSignal): Promise<boolean> {
  await nextTurn();
  await nextTurn();
  return signal.aborted;
}

interface AnyDefinition {
  readonly kind: PluginKind;
  readonly create: (context: PluginContext) => unknown;
}

function definitionOf(value: unknown): AnyDefinition {
  const { tillbridge, kind, create } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  if (tillbridge !== 'plugin' || typeof create !== 'function' || !['reader', 'translator', 'adapter'].includes(String(kind))) {
    throw new Error('its default export was not made by defineReader, defineTranslator or defineAdapter');
  }
  return { kind: kind as PluginKind, create: create as AnyDefinition['create'] };
}

function logTo(port: Port, own: Parameters<Log['info']>[1] = {}): Log {
  const line = (level: LogLevel): Log['info'] => (event, fields) => {
    // a log is what can be left out
    if (port.pending > 200) return;
    port.send({ say: 'log', level, event: event.slice(0, 300), fields: wireFields({ ...own, ...fields }) });
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error'), child: (fields) => logTo(port, { ...own, ...fields }) };
}
