import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { DeviceEvent } from '../players/device.ts';
import type { DeviceOf, FromPlayer, Kind, SpecOf, ToPlayer } from '../players/kinds.ts';
import { until } from './until.ts';

/** A device that another process plays: the same methods, and what it noticed so far. */
export type Played<D> = {
  readonly [K in keyof D as D[K] extends (...args: never[]) => Promise<void> ? K : never]: D[K];
} & {
  readonly events: readonly DeviceEvent[];
  /** Waits until it noticed something: the first event that fits. */
  saw(what: string, fits: (event: DeviceEvent) => boolean): Promise<DeviceEvent>;
  /** Forgets its events. */
  forget(): void;
};

/** What plays the devices of a group. Started on first use; ends with the group. */
export class Rig {
  readonly #player: ChildProcess;
  readonly #answers = new Map<number, (error: string | undefined) => void>();
  readonly #events = new Map<number, DeviceEvent[]>();
  #lastId = 0;

  constructor() {
    this.#player = fork(new URL('player.mjs', import.meta.url), [], { serialization: 'advanced' });
    this.#player.on('message', (message: FromPlayer) => this.#received(message));
    this.#player.on('exit', (code) => {
      for (const answer of this.#answers.values()) answer(`the player ended (${String(code)})`);
    });
  }

  /** Makes a device; it is not plugged in yet. */
  async make<K extends Kind>(kind: K, spec: SpecOf<K>): Promise<Played<DeviceOf<K>>> {
    const device = (this.#lastId += 1);
    const events: DeviceEvent[] = [];
    this.#events.set(device, events);
    await this.#ask({ id: device, create: kind, device, spec });
    const extra = {
      events,
      saw: (what: string, fits: (event: DeviceEvent) => boolean) => until(`the device to see ${what}`, () => events.find(fits)),
      forget: () => void events.splice(0),
    };
    const call = (name: string) => (...args: unknown[]) => this.#ask({ id: (this.#lastId += 1), call: name, device, args });
    const get = (target: typeof extra, name: string | symbol): unknown =>
      // a promise looks for `then`
      name in target || typeof name === 'symbol' || name === 'then' ? Reflect.get(target, name) : call(name);
    return new Proxy(extra, { get }) as unknown as Played<DeviceOf<K>>;
  }

  /** Makes a device and plugs it in. */
  async plug<K extends Kind>(kind: K, spec: SpecOf<K>): Promise<Played<DeviceOf<K>>> {
    const device = await this.make(kind, spec);
    // every kind has it, which the compiler cannot see through a type parameter
    await (device as unknown as { plug(): Promise<void> }).plug();
    return device;
  }

  /** Pulls every cable, and waits until that is done: the next group starts from nothing. */
  async close(): Promise<void> {
    if (this.#player.exitCode !== null || this.#player.signalCode !== null) return;
    const over = once(this.#player, 'exit');
    if (this.#player.connected) this.#player.disconnect();
    await over;
  }

  #ask(message: ToPlayer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answers.set(message.id, (error) => (error === undefined ? resolve() : reject(new Error(error))));
      this.#player.send(message);
    });
  }

  #received(message: FromPlayer): void {
    if ('event' in message) {
      this.#events.get(message.device)?.push(message.event);
      return;
    }
    this.#answers.get(message.id)?.(message.error);
    this.#answers.delete(message.id);
  }
}
