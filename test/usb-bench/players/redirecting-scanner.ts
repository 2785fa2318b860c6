import type { Emit } from './device.ts';
import { keyboardReports, KEYBOARD_DESCRIPTOR, LAYOUT_A_DESCRIPTOR, layoutA } from './scanner-reports.ts';
import { UsbDevice, type UsbSpec } from './usb-device.ts';

const KEYBOARD = 0;
const POS = 1;
/** Feature report 254: the number of the interface that scans go to (Honeywell, HHP "USB Interfaces User's Guide", p. 1-12). */
const OUTPUT_REDIRECTION = 254;

/**
 * A Honeywell-like scanner in keyboard mode: interface 0 types, interface 1 is a HID POS scanner that stays silent until feature report 254
 * says that scans belong there. The setting is volatile: each time it is plugged in it types again.
 */
export class RedirectingScanner extends UsbDevice {
  #target = KEYBOARD;

  constructor(spec: Omit<UsbSpec, 'functions'>, emit: Emit) {
    super(
      {
        ...spec,
        functions: [
          { kind: 'hid', descriptor: KEYBOARD_DESCRIPTOR, boot: 'keyboard' },
          { kind: 'hid', descriptor: LAYOUT_A_DESCRIPTOR },
        ],
      },
      emit,
    );
    this.hid(POS).onFeature = ([id, target]) => {
      if (id === OUTPUT_REDIRECTION && (target === KEYBOARD || target === POS)) this.#target = target;
    };
  }

  override async plug(port?: number): Promise<void> {
    this.#target = KEYBOARD;
    await super.plug(port);
  }

  /** Reads a code: types it with Enter, or sends it as HID POS reports. */
  async scan(text: string): Promise<void> {
    await (this.#target === KEYBOARD ? this.send(KEYBOARD, ...keyboardReports(`${text}\n`)) : this.send(POS, ...layoutA(text)));
  }
}
