import bwipjs from 'bwip-js';
import type { Symbology } from '@tillbridge/core';

export const FORMATS = ['qr', 'pdf417', 'aztec', 'datamatrix', 'ean13', 'code128'] as const satisfies readonly Symbology[];
export type Format = (typeof FORMATS)[number];

/** A code as a grid of modules. */
export interface Pattern {
  readonly format: Format;
  readonly text: string;
  readonly width: number;
  readonly height: number;
  /** A byte a module, row after row; 1 is dark. */
  readonly modules: Uint8Array;
}

/** Encoders of bwip-js, and rows of modules for those that have none of their own height. */
const ENCODERS: Readonly<Record<Format, { readonly bcid: string; readonly tall?: number; readonly options?: object }>> = {
  qr: { bcid: 'qrcode', options: { eclevel: 'M' } },
  pdf417: { bcid: 'pdf417', options: { columns: 2 } },
  aztec: { bcid: 'azteccode' },
  datamatrix: { bcid: 'datamatrix' },
  ean13: { bcid: 'ean13', tall: 40 },
  code128: { bcid: 'code128', tall: 40 },
};

/** What bwip-js lays out: bars and spaces of a linear code, or the dots of a matrix. */
interface Raw {
  readonly sbs?: readonly number[];
  readonly pixs?: readonly number[];
  readonly pixx?: number;
  readonly pixy?: number;
}

export function pattern(format: Format, text: string): Pattern {
  const { bcid, tall = 1, options } = ENCODERS[format];
  const [raw] = bwipjs.raw({ bcid, text, ...options }) as readonly Raw[];
  if (raw?.sbs !== undefined) {
    const row = raw.sbs.flatMap((width, index) => Array.from({ length: width }, () => (index % 2 === 0 ? 1 : 0)));
    return grown({ format, text, width: row.length, height: 1, modules: Uint8Array.from(row) }, tall);
  }
  if (raw?.pixs === undefined || raw.pixx === undefined || raw.pixy === undefined) throw new Error(`bwip-js has no ${bcid}`);
  return { format, text, width: raw.pixx, height: raw.pixy, modules: Uint8Array.from(raw.pixs) };
}

/** Each row `times` over. */
function grown(small: Pattern, times: number): Pattern {
  const modules = new Uint8Array(small.modules.length * times);
  for (let y = 0; y < small.height * times; y += 1) modules.set(small.modules.subarray(Math.floor(y / times) * small.width, (Math.floor(y / times) + 1) * small.width), y * small.width);
  return { ...small, height: small.height * times, modules };
}

/** Thirteen digits with the check digit of EAN-13 for twelve. */
export function ean13(twelve: string): string {
  const sum = Array.from(twelve, Number).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

/** What a guest might show in each format, different for each `n` below 10,000. */
export function sample(format: Format, n: number): string {
  const four = String(n).padStart(4, '0');
  switch (format) {
    case 'ean13':
      return ean13(`29000012${four}`);
    case 'qr':
      return `GUEST:4f2c9a7712345${four}`;
    case 'aztec':
    case 'datamatrix':
      return `982900001234${four}-AB12`;
    case 'pdf417':
      return `982900001234${four}`;
    case 'code128':
      return `9829000012${four}`;
  }
}
