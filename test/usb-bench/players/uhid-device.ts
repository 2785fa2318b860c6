import { CharDevice } from './char-device.ts';
import type { Emit, FeatureBehaviour, PlayedDevice } from './device.ts';
import { packCreate, packDestroy, packGetReply, packInput, packSetReply, parseUhidEvent, UHID_EVENT_BYTES, type UhidEvent, type UhidIdentity } from './uhid-events.ts';

export interface UhidSpec extends UhidIdentity {
  readonly features?: FeatureBehaviour;
}

/** A HID device that the kernel is told about through /dev/uhid: hidraw, evdev and the HID parser are real, USB below it is not there. */
export class UhidDevice implements PlayedDevice {
  readonly #spec: UhidSpec;
  readonly #emit: Emit;
  #features: FeatureBehaviour;
  #node: CharDevice | undefined;
  #pending = Buffer.alloc(0);
  #started: () => void = () => undefined;

  constructor(spec: UhidSpec, emit: Emit) {
    this.#spec = spec;
    this.#emit = emit;
    this.#features = spec.features ?? {};
  }

  async plug(): Promise<void> {
    const started = new Promise<void>((resolve) => (this.#started = resolve));
    const node = new CharDevice('/dev/uhid', (data) => this.#received(data));
    this.#node = node;
    node.write(packCreate(this.#spec));
    await started;
  }

  async unplug(): Promise<void> {
    this.#node?.write(packDestroy());
    this.#node?.close();
    this.#node = undefined;
    this.#pending = Buffer.alloc(0);
  }

  async send(...reports: readonly Uint8Array[]): Promise<void> {
    for (const report of reports) this.#node?.write(packInput(report));
  }

  /** From now on feature reports are answered so. */
  async behave(features: FeatureBehaviour): Promise<void> {
    this.#features = features;
  }

  async close(): Promise<void> {
    await this.unplug();
  }

  #received(data: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, data]);
    while (this.#pending.length >= UHID_EVENT_BYTES) {
      const event = parseUhidEvent(this.#pending.subarray(0, UHID_EVENT_BYTES));
      this.#pending = this.#pending.subarray(UHID_EVENT_BYTES);
      if (event !== undefined) this.#happened(event);
    }
  }

  #happened(event: UhidEvent): void {
    if (event.type === 'start') this.#started();
    else if (event.type === 'open' || event.type === 'close') this.#emit(event.type);
    else if (event.type === 'output') this.#emit('output', 0, event.data);
    else if (event.type === 'getReport') {
      this.#emit('getReport', event.report);
      const answer = this.#features.get?.[event.report] ?? 'error';
      if (answer !== 'never') this.#node?.write(packGetReply(event.request, answer === 'error' ? undefined : answer));
    } else if (event.type === 'setReport') {
      this.#emit('setReport', event.report, event.data);
      const answer = this.#features.set ?? 'ok';
      if (answer !== 'never') this.#node?.write(packSetReply(event.request, answer === 'ok'));
    }
  }
}
