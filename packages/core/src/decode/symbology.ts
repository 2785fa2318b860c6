/** Symbologies by the names that the configuration uses. */
export const SYMBOLOGIES = [
  'ean13', 'ean8', 'code128', 'gs1-128', 'code39', 'code93', 'codabar', 'itf', 'databar',
  'qr', 'gs1-qr', 'datamatrix', 'gs1-datamatrix', 'pdf417', 'aztec', 'dotcode', 'maxicode', 'hanxin', 'other',
] as const;

export type Symbology = (typeof SYMBOLOGIES)[number];
