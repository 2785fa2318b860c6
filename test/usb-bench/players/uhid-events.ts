/** struct uhid_event and its types: kernel, include/uapi/linux/uhid.h. Little-endian, packed. */
export const UHID = {
  DESTROY: 1,
  START: 2,
  STOP: 3,
  OPEN: 4,
  CLOSE: 5,
  OUTPUT: 6,
  GET_REPORT: 9,
  GET_REPORT_REPLY: 10,
  CREATE2: 11,
  INPUT2: 12,
  SET_REPORT: 13,
  SET_REPORT_REPLY: 14,
} as const;

/** What one read of /dev/uhid gives: the largest member of the union, aligned. */
export const UHID_EVENT_BYTES = 4380;
const UHID_DATA_MAX = 4096;
/** errno EIO */
const EIO = 5;

export interface UhidIdentity {
  readonly name: string;
  readonly vid: number;
  readonly pid: number;
  readonly serial?: string;
  /** Where it is plugged in, as shown in sysfs. */
  readonly phys?: string;
  /** BUS_USB unless told otherwise (kernel: input.h). */
  readonly bus?: number;
  readonly descriptor: Uint8Array;
}

const BUS_USB = 3;

export function packCreate(device: UhidIdentity): Buffer {
  const event = Buffer.alloc(280 + UHID_DATA_MAX);
  event.writeUInt32LE(UHID.CREATE2, 0);
  event.write(device.name, 4, 127);
  event.write(device.phys ?? 'bench/0', 132, 63);
  event.write(device.serial ?? '', 196, 63);
  event.writeUInt16LE(device.descriptor.length, 260);
  event.writeUInt16LE(device.bus ?? BUS_USB, 262);
  event.writeUInt32LE(device.vid, 264);
  event.writeUInt32LE(device.pid, 268);
  event.writeUInt32LE(0x100, 272);
  event.set(device.descriptor, 280);
  return event;
}

export function packInput(report: Uint8Array): Buffer {
  const event = Buffer.alloc(6 + report.length);
  event.writeUInt32LE(UHID.INPUT2, 0);
  event.writeUInt16LE(report.length, 4);
  event.set(report, 6);
  return event;
}

export function packDestroy(): Buffer {
  const event = Buffer.alloc(4);
  event.writeUInt32LE(UHID.DESTROY, 0);
  return event;
}

/** `undefined` stands for an error. */
export function packGetReply(request: number, report: Uint8Array | undefined): Buffer {
  const event = Buffer.alloc(12 + (report?.length ?? 0));
  event.writeUInt32LE(UHID.GET_REPORT_REPLY, 0);
  event.writeUInt32LE(request, 4);
  event.writeUInt16LE(report === undefined ? EIO : 0, 8);
  event.writeUInt16LE(report?.length ?? 0, 10);
  if (report !== undefined) event.set(report, 12);
  return event;
}

export function packSetReply(request: number, ok: boolean): Buffer {
  const event = Buffer.alloc(10);
  event.writeUInt32LE(UHID.SET_REPORT_REPLY, 0);
  event.writeUInt32LE(request, 4);
  event.writeUInt16LE(ok ? 0 : EIO, 8);
  return event;
}

export type UhidEvent =
  | { readonly type: 'start' | 'stop' | 'open' | 'close' }
  | { readonly type: 'output'; readonly data: Buffer }
  | { readonly type: 'getReport'; readonly request: number; readonly report: number }
  | { readonly type: 'setReport'; readonly request: number; readonly report: number; readonly data: Buffer };

/** One whole event; `undefined` for what devices need not know. */
export function parseUhidEvent(event: Buffer): UhidEvent | undefined {
  switch (event.readUInt32LE(0)) {
    case UHID.START:
      return { type: 'start' };
    case UHID.STOP:
      return { type: 'stop' };
    case UHID.OPEN:
      return { type: 'open' };
    case UHID.CLOSE:
      return { type: 'close' };
    case UHID.OUTPUT:
      return { type: 'output', data: Buffer.from(event.subarray(4, 4 + event.readUInt16LE(4 + UHID_DATA_MAX))) };
    case UHID.GET_REPORT:
      return { type: 'getReport', request: event.readUInt32LE(4), report: event.readUInt8(8) };
    case UHID.SET_REPORT: {
      const data = Buffer.from(event.subarray(12, 12 + event.readUInt16LE(10)));
      return { type: 'setReport', request: event.readUInt32LE(4), report: event.readUInt8(8), data };
    }
    default:
      return undefined;
  }
}
