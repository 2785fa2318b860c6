import { z } from 'zod';
import { BASES, DEVICE_MODES, GS_KEYS, LAYOUT_NAMES, TERMINATORS, TRIALS, type LayoutName } from './names.js';
import { PID_RULE } from './usb-id.js';

/** Longest input report that a layout may describe, in bytes, report id included. */
const MAX_REPORT = 512;

/**
 * What a profile must be like. Made when it is asked for: a daemon that reads no profiles keeps no schemas of them.
 */
export function profileSchemas() {
  const offset = z.int().min(0).max(MAX_REPORT - 1);

  /** A layout of one's own. Offsets are bytes in the report as node-hid gives it: report id first, where the device uses ids. */
  const customLayout = z.strictObject({
    /** Only reports with this first byte; default: any. */
    reportId: z.int().min(0).max(255).exactOptional(),
    /** Where the number of data bytes stands; without it trailing zero bytes are no data. */
    length: offset.exactOptional(),
    data: z.strictObject({ offset, count: z.int().min(1).max(MAX_REPORT) }),
    /** Where the three characters of the AIM id stand. */
    aim: offset.exactOptional(),
    /** Where the vendor's own symbology number stands. */
    symbology: offset.exactOptional(),
    /** The bit that says that the read goes on in the next report. */
    more: z.strictObject({ offset, bit: z.int().min(0).max(7) }).exactOptional(),
  });

  const layoutChoice = z.union([z.enum(['auto', ...LAYOUT_NAMES]), customLayout]);

  /** Bytes in hex, blanks allowed: `04 40`. At most 64. */
  const hexBytes = z.string().regex(/^[0-9a-f]{2}(?: ?[0-9a-f]{2}){0,63}$/i);
  const usbId = z.string().regex(/^[0-9a-f]{4}$/);
  const bothLanguages = { en: z.string().min(1).max(400), ru: z.string().min(1).max(400) };

  const deviceProfile = z.strictObject({
    /** Unique; letters, digits and dashes. */
    id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(64),
    /** The make, or make and model. */
    name: z.string().min(1).max(80),
    vid: usbId,
    /** Product ids: four hex digits each, `?` any digit, `[357]` one of these. */
    pid: z.array(z.string().regex(PID_RULE)).min(1).max(64),
    mode: z.enum(DEVICE_MODES),
    /** USB serial number: only this one device (a profile that was learned). */
    serial: z.string().min(1).max(256).exactOptional(),
    /** `hidPos` and `vendor`: how its reports are laid out. A `vendor` device without one cannot be read. */
    layout: layoutChoice.exactOptional(),
    /** `serial`: what its line needs beside the defaults. */
    framing: z
      .strictObject({
        suffix: z.array(z.enum(TERMINATORS)).max(5).exactOptional(),
        idleMs: z.int().min(0).max(10_000).exactOptional(),
        baudRate: z.int().min(50).max(4_000_000).exactOptional(),
      })
      .exactOptional(),
    /** `keyboard`: how it types. */
    keys: z
      .strictObject({
        suffix: z.array(z.enum(['CR', 'LF', 'TAB', 'ETX'])).max(4).exactOptional(),
        /** Longest pause within one read, ms. */
        gapMs: z.int().min(5).max(2000).exactOptional(),
        /** Keys that stand for GS (0x1D). */
        gs: z.array(z.enum(GS_KEYS)).max(3).exactOptional(),
      })
      .exactOptional(),
    /** What the scanner puts before each read, and whether it sends AIM ids: for those who write `codes`. */
    prefix: z.string().max(32).exactOptional(),
    aim: z.boolean().exactOptional(),
    /** Bytes for a good and a bad read. `hidPos`: an output report, id first. Only with `basis: document`. */
    feedback: z.strictObject({ good: hexBytes.exactOptional(), bad: hexBytes.exactOptional() }).exactOptional(),
    /** Feature reports, id first, that send reads to the HID POS interface of a composite device, and back to its keyboard. */
    redirect: z.strictObject({ on: hexBytes, off: hexBytes }).exactOptional(),
    /** How to bring the scanner into another mode. */
    switching: z
      .array(
        z.strictObject({
          to: z.enum(DEVICE_MODES),
          ...bothLanguages,
          /** The menu command behind the configuration code, as the manual names it. */
          command: z.string().min(1).max(64).exactOptional(),
        }),
      )
      .max(6),
    basis: z.enum(BASES),
    /** The document, repository or list that the facts come from. */
    source: z.string().min(4).max(400),
    tested: z.array(z.enum(TRIALS)).max(7),
  });

  /** A file of profiles. */
  const profileFile = z.strictObject({ profiles: z.array(deviceProfile).min(1).max(200) });

  return { customLayout, layoutChoice, deviceProfile, profileFile };
}

export type ProfileSchemas = ReturnType<typeof profileSchemas>;

type DeepReadonly<T> = T extends readonly (infer Item)[] ? readonly DeepReadonly<Item>[] : T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

/** What is known about a family of scanners in one of its modes. */
export type DeviceProfile = DeepReadonly<z.output<ProfileSchemas['deviceProfile']>>;
export type CustomLayout = DeepReadonly<z.output<ProfileSchemas['customLayout']>>;
/** `auto`: by report descriptor, profile, or the look of the first report. */
export type LayoutChoice = 'auto' | LayoutName | CustomLayout;
