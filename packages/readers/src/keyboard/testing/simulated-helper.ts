import { systemClock, type Cancel } from '@tillbridge/core';
import type { HelperEvents, HelperProcess, StartHelper } from '../windows/helper-host.js';
import { typed } from './typist.js';

/** The helper for Windows without Windows: says what it would say. One scanner, plugged in at first. */
export class SimulatedHelper {
  /** What it was told, a line each. */
  readonly told: string[] = [];
  starts = 0;
  plugged = true;
  /** How it behaves. */
  mood: 'well' | 'refuses' | 'silent' = 'well';
  #events: HelperEvents | undefined;
  #hooked = false;
  #seq = 0;
  #at = 1_000_000;
  #beat: Cancel = () => undefined;

  readonly start: StartHelper = (events) => {
    this.starts += 1;
    this.#events = events;
    this.#seq = 0;
    this.#say('H 1');
    this.#beats();
    const end = (problem: string): void => {
      if (this.#events !== events) return;
      this.#events = undefined;
      this.#hooked = false;
      this.#beat();
      systemClock.afterInput(() => events.exit(problem));
    };
    const process: HelperProcess = {
      write: (line) => {
        if (this.#events !== events) return false;
        this.told.push(line.trim());
        if (line.startsWith('start')) this.#hook();
        else {
          this.#hooked = false;
          this.#say('C');
        }
        return true;
      },
      end: () => end('its process ended (exit code 0)'),
      kill: () => end('its process ended (SIGKILL)'),
    };
    this.#crash = () => end('its process ended (exit code 3)');
    return process;
  };

  #crash: () => void = () => undefined;

  crash(): void {
    this.#crash();
  }

  /** A read as the hook tells it; nobody hears it where there is none. */
  scan(bytes: Uint8Array): void {
    this.#at += 1_000_000;
    const keys = typed(bytes, this.#at / 1000, 2).map(({ usage, down, at }) => `${usage.toString(16)}${down ? '+' : '-'}${String(at * 1000)}`);
    this.#at += keys.length * 2000;
    if (this.#hooked) this.#say(`K ${String(this.#seq++)} ${keys.join(' ')}`);
  }

  /** Half of a read got lost on its way. */
  lose(): void {
    this.#seq += 1;
  }

  say(line: string): void {
    this.#say(line);
  }

  unplug(): void {
    this.plugged = false;
    if (this.#hooked) this.#say('G');
    this.#hooked = false;
  }

  plug(): void {
    this.plugged = true;
  }

  #hook(): void {
    this.#seq = 0;
    if (this.mood === 'silent') return;
    if (this.mood === 'refuses') this.#say('F other SetWindowsHookEx: Windows error 5');
    else if (!this.plugged) this.#say('F missing no keyboard');
    else {
      this.#hooked = true;
      this.#say('O');
    }
  }

  #beats(): void {
    this.#beat = systemClock.timer(200, () => {
      this.#say('B 0 0 0');
      this.#beats();
    });
  }

  #say(line: string): void {
    const events = this.#events;
    systemClock.afterInput(() => {
      if (this.#events === events) events?.text(`${line}\n`);
    });
  }
}
