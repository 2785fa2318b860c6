/** How data reach a plugin: not always as they were read. */
export interface Wrapping {
  /** `barcodeClass`: `<barcode class="…KeyboardDriver"/>;PAYLOAD?barcode`; `quoted`: in double quotes; `control`: with control characters, U+200B and U+FEFF. */
  readonly wrap: 'none' | 'barcodeClass' | 'quoted' | 'control';
  /** `FullCardTrack` of a card read is empty, as often on V9. */
  readonly emptyFullTrack: boolean;
}

export const PLAIN: Wrapping = { wrap: 'none', emptyFullTrack: false };

export function wrapped(payload: string, { wrap }: Wrapping): string {
  switch (wrap) {
    case 'none':
      return payload;
    case 'barcodeClass':
      return `<barcode class="Resto.Front.Devices.KeyboardDriver"/>;${payload}?barcode`;
    case 'quoted':
      return `"${payload}"`;
    case 'control':
      return `\u0002\ufeff${payload}\u200b\u0003`;
  }
}

/** `CardInputDialogResult`. */
export interface CardTracks {
  readonly fullCardTrack: string;
  readonly track1: string;
  readonly track2: string;
  readonly track3: string;
}

/** Tracks of what a card reader sent: `%1?;2?+3?`; without sentinels all of it is track 2. */
export function tracksOf(data: string, wrapping: Wrapping): CardTracks {
  const text = data.replace(/[\r\n\t]+$/, '');
  const track1 = /%([^?]*)\??/.exec(text)?.[1] ?? '';
  const track2 = /;([^?]*)\??/.exec(text)?.[1] ?? (text.startsWith('%') ? '' : text.replace(/\?$/, ''));
  const track3 = /\+([^?]*)\??/.exec(text)?.[1] ?? '';
  return { fullCardTrack: wrapping.emptyFullTrack ? '' : text, track1, track2: wrapped(track2, wrapping), track3 };
}
