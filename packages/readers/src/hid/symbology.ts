import type { Symbology } from '@tillbridge/core';
import type { ReportLayout } from './layouts.js';

/**
 * Honeywell/HHP code ids (byte 61 of layout `hhp`): "Symbology Charts" in Honeywell's user guides; cross-read in WebHidBarcodeScanner
 * (src/main.js). 0x63 and 0x45 (UPC-A, UPC-E) are sent with an AIM id of the EAN family; a till knows them as EAN-13.
 */
const HHP: ReadonlyMap<number, Symbology> = new Map([
  [0x61, 'codabar'], [0x6a, 'code128'], [0x49, 'gs1-128'], [0x7c, 'gs1-128'], [0x62, 'code39'], [0x69, 'code93'], [0x64, 'ean13'], [0x63, 'ean13'],
  [0x45, 'ean13'], [0x44, 'ean8'], [0x65, 'itf'], [0x79, 'databar'], [0x7b, 'databar'], [0x7d, 'databar'], [0x73, 'qr'], [0x77, 'datamatrix'],
  [0x72, 'pdf417'], [0x52, 'pdf417'], [0x7a, 'aztec'], [0x78, 'maxicode'], [0x48, 'hanxin'],
]);

/** The GS1 form of a symbology, which the vendor's number does not tell apart but the AIM id does. */
const GS1_FORMS: Readonly<Partial<Record<Symbology, Symbology>>> = { code128: 'gs1-128', qr: 'gs1-qr', datamatrix: 'gs1-datamatrix' };

/**
 * What the vendor's number says, where that is known. Newland's numbers are not: the public lists contradict each other (firmware lines
 * count differently), so there the AIM id alone decides.
 */
export function symbologyOf(layout: ReportLayout, number: number | undefined, byAim: { symbology: Symbology; gs1: boolean } | undefined): Symbology | undefined {
  const named = number !== undefined && layout.symbology?.table === 'hhp' ? HHP.get(number) : undefined;
  if (named === undefined) return byAim?.symbology;
  return byAim?.gs1 === true ? (GS1_FORMS[named] ?? named) : named;
}
