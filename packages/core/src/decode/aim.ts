import type { Symbology } from './symbology.js';

/** An AIM symbology identifier: `]`, a code character, a modifier. */
export interface AimId {
  readonly id: string;
  readonly symbology: Symbology;
  /** The data starts with a GS1 application identifier: the first FNC1 is not sent, only this id shows it. */
  readonly gs1: boolean;
  /** The data holds ECI escapes (`\nnnnnn`) and doubled backslashes. */
  readonly eci: boolean;
}

interface Family {
  readonly symbology: Symbology;
  /** Modifiers under which the data is GS1. */
  readonly gs1?: { readonly modifiers: string; readonly symbology: Symbology };
  readonly eci?: string;
  readonly special?: Readonly<Record<string, Symbology>>;
}

// ISO/IEC 15424 (AIM data carrier identifiers); cross-read in the vendors' "AIM Code Identifiers" tables.
const FAMILIES: Readonly<Record<string, Family>> = {
  A: { symbology: 'code39' },
  C: { symbology: 'code128', gs1: { modifiers: '1', symbology: 'gs1-128' } },
  d: { symbology: 'datamatrix', gs1: { modifiers: '25', symbology: 'gs1-datamatrix' }, eci: '456' },
  E: { symbology: 'ean13', special: { 4: 'ean8' } },
  e: { symbology: 'databar', gs1: { modifiers: '0123', symbology: 'databar' } },
  F: { symbology: 'codabar' },
  G: { symbology: 'code93' },
  h: { symbology: 'hanxin' },
  I: { symbology: 'itf' },
  J: { symbology: 'dotcode', gs1: { modifiers: '1', symbology: 'dotcode' } },
  L: { symbology: 'pdf417' },
  Q: { symbology: 'qr', gs1: { modifiers: '34', symbology: 'gs1-qr' }, eci: '246' },
  U: { symbology: 'maxicode' },
  X: { symbology: 'other' },
  z: { symbology: 'aztec', eci: '3459AB' },
};

/** The AIM id that a text begins with, if it begins with a known one. */
export function parseAimId(text: string): AimId | undefined {
  if (!text.startsWith(']')) return undefined;
  const letter = text.charAt(1);
  const modifier = text.charAt(2);
  const family = FAMILIES[letter];
  if (family === undefined || !/^[0-9A-C]$/.test(modifier)) return undefined;
  const gs1 = family.gs1?.modifiers.includes(modifier) === true;
  return {
    id: text.slice(0, 3),
    symbology: gs1 ? family.gs1.symbology : (family.special?.[modifier] ?? family.symbology),
    gs1,
    eci: family.eci?.includes(modifier) === true,
  };
}

/** Takes ECI escapes out and undoubles backslashes; only for the modifiers that announce them. */
export function removeEciEscapes(text: string): string {
  return text.replace(/\\(?:(\\)|\d{6})/g, (_, backslash: string | undefined) => backslash ?? '');
}
