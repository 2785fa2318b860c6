import type { Card } from './transfer';

/** A row as `tillbridge cards export` writes it (RFC 4180). */
export function csvLine({ code, card, kind, state, expires }: Card): string {
  return `${[code, card, kind, state, expires ?? ''].map(csvField).join(',')}\n`;
}

function csvField(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
