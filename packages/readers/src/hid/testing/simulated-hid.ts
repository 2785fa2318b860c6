// A HID POS scanner and the system around it, for tests: a made-up sysfs, a driver that behaves as node-hid does, and the helper process
// played within the test's own.
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type Cancel, type Clock } from '@tillbridge/core';
import type { SpawnHost } from '@tillbridge/child-host';
import type { SystemRoots } from '../../discovery/roots.js';
import type { HidBinding, HidHandle } from '../host/binding.js';
import { HidHost } from '../host/hid-host.js';
import type { HidCommand, HidListing, HidReport } from '../host/protocol.js';
import { HHP_DESCRIPTOR } from './reports.js';

type Downward = { readonly kind: 'setup' } | { readonly kind: 'stop' } | { readonly kind: 'command'; readonly command: HidCommand };

export interface SimulatedDevice {
  readonly vid: string;
  readonly pid: string;
  readonly descriptor?: Uint8Array;
  readonly serial?: string;
}

interface OpenHandle {
  readonly report: (bytes: Uint8Array) => void;
  readonly error: (problem: string) => void;
}

/** One scanner, plugged in at first; `path` leads to it. */
export class SimulatedHid {
  readonly folder = mkdtempSync(join(tmpdir(), 'tillbridge-hid-'));
  readonly roots: SystemRoots = { sys: join(this.folder, 'sys'), dev: join(this.folder, 'dev'), proc: join(this.folder, 'proc') };
  readonly path = join(this.roots.dev, 'hidraw0');
  /** What reached the device, in hex: `write 0440`, `feature fe01`, `open`, `close`. */
  readonly story: string[] = [];
  /** How the driver behaves. */
  feature: 'ok' | 'fails' | 'never' = 'ok';
  writing: 'ok' | 'fails' | 'never' = 'ok';
  opening: 'ok' | 'never' | Error = 'ok';
  closing: 'ok' | 'never' = 'ok';
  /** What the driver lists while the scanner is plugged in, where that is not its one interface. */
  listed: readonly HidListing[] | undefined;
  /** The paths that were opened. */
  readonly openedPaths: string[] = [];
  /** Processes started so far. */
  starts = 0;
  readonly #device: SimulatedDevice;
  readonly #handles = new Set<OpenHandle>();
  #kill: () => void = () => undefined;

  constructor(device: SimulatedDevice = { vid: '0c2e', pid: '0b67', descriptor: HHP_DESCRIPTOR }) {
    this.#device = device;
    mkdirSync(this.roots.dev, { recursive: true });
    mkdirSync(join(this.roots.sys, 'class/hidraw'), { recursive: true });
    this.plug();
  }

  /** Sends one input report to everybody who has the device open. */
  report(bytes: Uint8Array): void {
    for (const { report } of this.#handles) report(bytes);
  }

  get openHandles(): number {
    return this.#handles.size;
  }

  plug(): void {
    const { vid, pid, descriptor, serial } = this.#device;
    const device = join(this.roots.sys, `devices/${vid}`);
    mkdirSync(device, { recursive: true });
    writeFileSync(join(device, 'uevent'), `HID_ID=0003:0000${vid.toUpperCase()}:0000${pid.toUpperCase()}\nHID_NAME=Simulated\nHID_PHYS=sim/input0\nHID_UNIQ=${serial ?? ''}\n`);
    if (descriptor !== undefined) writeFileSync(join(device, 'report_descriptor'), descriptor);
    mkdirSync(join(this.roots.sys, 'class/hidraw/hidraw0'), { recursive: true });
    rmSync(join(this.roots.sys, 'class/hidraw/hidraw0/device'), { force: true });
    symlinkSync(device, join(this.roots.sys, 'class/hidraw/hidraw0/device'));
    writeFileSync(this.path, '');
  }

  /** As hidapi tells of it: the node goes, and the read thread of each handle ends with an error. */
  unplug(): void {
    rmSync(join(this.roots.sys, 'class/hidraw/hidraw0'), { recursive: true, force: true });
    rmSync(this.path, { force: true });
    for (const handle of [...this.#handles]) {
      this.#handles.delete(handle);
      handle.error('could not read from HID device: hid_read_timeout: unexpected poll error (device disconnected)');
    }
  }

  /** The helper process dies as by kill -9: what it had sent arrives first. */
  killHost(): void {
    this.#kill();
  }

  get binding(): HidBinding {
    return { list: () => Promise.resolve(this.#listings()), open: (path) => this.#open(path) };
  }

  /** The helper process, played in this one; `clock` beats for it. */
  spawn(clock: Clock = systemClock): SpawnHost {
    return ({ message, exit }) => {
      this.starts += 1;
      let alive = true;
      let beat: Cancel = () => undefined;
      const up = (value: unknown): void => {
        // in a turn of its own, as a pipe does
        const copy = structuredClone(value);
        clock.afterInput(() => {
          message(copy);
        });
      };
      const die = (problem: string): void => {
        if (!alive) return;
        alive = false;
        beat();
        this.#handles.clear();
        clock.afterInput(() => exit(problem));
      };
      this.#kill = () => die('its process ended (SIGKILL)');
      const send = (report: HidReport): void => {
        if (alive) up({ kind: 'report', report });
      };
      const host = new HidHost(this.binding, { send, pending: 0 }, clock);
      const beats = (): void => {
        up({ kind: 'beat' });
        beat = clock.timer(500, beats);
      };
      return {
        send: (value) => {
          if (!alive) return false;
          const downward = structuredClone(value) as Downward;
          clock.afterInput(() => {
            if (!alive) return;
            if (downward.kind === 'setup') beats();
            else if (downward.kind === 'stop') void host.close().then(() => die('its process ended (exit code 0)'));
            else host.command(downward.command);
          });
          return true;
        },
        kill: () => die('its process ended (SIGKILL)'),
      };
    };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listings(): readonly HidListing[] {
    if (!existsSync(this.path)) return [];
    if (this.listed !== undefined) return this.listed;
    const { vid, pid } = this.#device;
    return [{ path: this.path, vid: Number.parseInt(vid, 16), pid: Number.parseInt(pid, 16), usage: 0x8c_0002 }];
  }

  async #open(path: string): Promise<HidHandle> {
    this.openedPaths.push(path);
    if (this.opening === 'never') await new Promise(() => undefined);
    if (this.opening instanceof Error) throw this.opening;
    this.story.push('open');
    let own: OpenHandle | undefined;
    const answer = async (how: 'ok' | 'fails' | 'never', what: string, bytes: Uint8Array): Promise<void> => {
      this.story.push(`${what} ${Buffer.from(bytes).toString('hex')}`);
      if (how === 'never') await new Promise(() => undefined);
      if (how === 'fails') throw new Error('could not send feature report to device');
    };
    return {
      listen: (report, error) => {
        own = { report, error };
        this.#handles.add(own);
      },
      write: (bytes) => answer(this.writing, 'write', bytes),
      sendFeature: (bytes) => answer(this.feature, 'feature', bytes),
      close: async () => {
        if (own !== undefined) this.#handles.delete(own);
        this.story.push('close');
        if (this.closing === 'never') await new Promise(() => undefined);
      },
    };
  }
}
