import type { Symbology } from '@tillbridge/core';

/** The six formats that guests show, by the decoder's names. More would cost time and, for the linear ones, wrong reads. */
export const FORMATS = ['QRCode', 'PDF417', 'Aztec', 'DataMatrix', 'EAN13', 'Code128'] as const;
export type Format = (typeof FORMATS)[number];

/** One code that the decoder found in one frame. */
export interface Read {
  readonly text: string;
  readonly symbology: Symbology;
  /** Linear codes have no error correction: one frame is not believed. */
  readonly linear: boolean;
}

const PLAIN: Readonly<Record<Format, Symbology>> = { QRCode: 'qr', PDF417: 'pdf417', Aztec: 'aztec', DataMatrix: 'datamatrix', EAN13: 'ean13', Code128: 'code128' };

/** The GS1 variants by their symbology identifiers (ISO/IEC 15424). */
const GS1: Readonly<Record<string, Symbology>> = { ']C1': 'gs1-128', ']Q3': 'gs1-qr', ']d2': 'gs1-datamatrix' };

/** Other spellings of the decoder for the same format: it names the variant that it found. */
const VARIANTS: Readonly<Record<string, Format>> = { 'EAN-13': 'EAN13', 'UPC-A': 'EAN13', UPCA: 'EAN13', QRCodeModel2: 'QRCode', QRCodeModel1: 'QRCode', CompactPDF417: 'PDF417', AztecCode: 'Aztec' };

/** What the configuration calls a format; undefined for one that was not asked for. */
export function symbologyOf(format: string, identifier: string): Symbology | undefined {
  const known = FORMATS.find((name) => name === format) ?? VARIANTS[format];
  return known === undefined ? undefined : (GS1[identifier] ?? PLAIN[known]);
}

export function isLinear(symbology: Symbology): boolean {
  return symbology === 'ean13' || symbology === 'code128' || symbology === 'gs1-128';
}

export function isLinearFormat(format: Format): boolean {
  return isLinear(PLAIN[format]);
}
