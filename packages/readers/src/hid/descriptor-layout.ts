import { LAYOUTS, type ReportLayout } from './layouts.js';
import { readReportDescriptor, type InputField, type ReportDescriptor } from './report-descriptor.js';

// USB-IF, HID Point of Sale Usage Tables 1.02: page 0x8C.
const BAR_CODE_SCANNER = 0x8c_0002;
const AIM_FIRST = 0x8c_00fb;
const AIM_LAST = 0x8c_00fd;
const DECODED_DATA = 0x8c_00fe;
const CONTINUED = 0x8c_00ff;
/** Generic Desktop, Byte Count: how HHP-style devices say the length of the decoded data. */
const BYTE_COUNT = 0x01_003b;

/** Whether a device has the HID POS scanner collection (not 0xFF8C: that is Honeywell's remote management in the same shape). */
export function isHidPos(descriptor: ReportDescriptor): boolean {
  return descriptor.collections.includes(BAR_CODE_SCANNER);
}

/** The layout that a report descriptor describes; `undefined` where it names no decoded data in whole bytes. */
export function layoutOfDescriptor(bytes: Uint8Array): ReportLayout | undefined {
  const descriptor = readReportDescriptor(bytes);
  const data = descriptor.fields.find(({ usage, bitSize }) => usage === DECODED_DATA && bitSize === 8);
  if (data === undefined) return undefined;
  const { reportId } = data;
  // node-hid puts the id in front, where the device uses ids
  const before = reportId === 0 ? 0 : 1;
  const same = descriptor.fields.filter((field) => field.reportId === reportId);
  const byteOf = (field: InputField | undefined): number | undefined =>
    field?.bitOffset === undefined || field.bitOffset % 8 !== 0 || field.bitSize !== 8 ? undefined : before + field.bitOffset / 8;
  const offset = byteOf(data);
  if (offset === undefined) return undefined;
  const length = byteOf(same.find(({ usage }) => usage === BYTE_COUNT));
  const aim = aimOffset(same, byteOf);
  const flag = same.find(({ usage }) => usage === CONTINUED);
  const layout: ReportLayout = {
    name: 'descriptor',
    ...(reportId === 0 ? {} : { reportId }),
    ...(length === undefined ? {} : { length }),
    data: { offset, count: data.count },
    ...(aim === undefined ? {} : { aim }),
    ...(flag === undefined ? {} : { more: { offset: before + Math.floor(flag.bitOffset / 8), bit: flag.bitOffset % 8 } }),
  };
  return sameShape(layout, LAYOUTS.hhp) ? LAYOUTS.hhp : layout;
}

/** Only where the three symbology identifiers stand side by side. */
function aimOffset(fields: readonly InputField[], byteOf: (field: InputField | undefined) => number | undefined): number | undefined {
  const first = byteOf(fields.find(({ usage }) => usage === AIM_FIRST));
  const last = byteOf(fields.find(({ usage }) => usage === AIM_LAST));
  return first !== undefined && last === first + 2 ? first : undefined;
}

function sameShape(a: ReportLayout, b: ReportLayout): boolean {
  const shape = ({ reportId, length, data, aim, more }: ReportLayout): string =>
    [reportId, length, data.offset, data.count, aim, more?.offset, more?.bit].map(String).join();
  return shape(a) === shape(b);
}
