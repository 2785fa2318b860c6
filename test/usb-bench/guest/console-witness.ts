import { CharDevice } from '../players/char-device.ts';
import { until } from './group.ts';

/**
 * Reads the text console: what is typed on a keyboard that nobody has taken for himself ends up there, as it would in a cashier program.
 */
export class ConsoleWitness {
  readonly #tty: CharDevice;
  #heard = '';

  constructor() {
    this.#tty = new CharDevice('/dev/tty1', (data) => (this.#heard += data.toString('latin1')), 'read');
  }

  /** Everything heard since the last `forget`; lines, because the console hands over whole ones. */
  get heard(): string {
    return this.#heard;
  }

  forget(): void {
    this.#heard = '';
  }

  async hears(text: string): Promise<void> {
    await until(`the console to hear ${JSON.stringify(text)} (heard ${JSON.stringify(this.#heard)})`, () => this.#heard.includes(text));
  }

  close(): void {
    this.#tty.close();
  }
}
