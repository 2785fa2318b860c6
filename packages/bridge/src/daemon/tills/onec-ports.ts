import type { AddinListeners, ListenerPorts } from '@tillbridge/adapter-1c';

/** The ports of this daemon that drivers of 1C connect to: tills share them, so that they outlive each one. Loads their code with the first. */
export class OnecPorts {
  readonly #ports: ListenerPorts;
  #listeners: Promise<AddinListeners> | undefined;

  constructor(ports: ListenerPorts) {
    this.#ports = ports;
  }

  listeners(): Promise<AddinListeners> {
    this.#listeners ??= import('@tillbridge/adapter-1c').then(({ AddinListeners }) => new AddinListeners(this.#ports));
    return this.#listeners;
  }
}
