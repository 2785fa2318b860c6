import { maskText, Masked, Secret } from '@tillbridge/core';

/** Shorter secrets are no secrets, and would take words out of every text. */
const MIN_SECRET = 4;

/** Every secret of a configuration, in clear. */
export function secretsOf(value: unknown): readonly string[] {
  if (value instanceof Secret || value instanceof Masked) return [value.reveal()];
  if (Array.isArray(value)) return value.flatMap(secretsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsOf);
}

/**
 * Takes out of a text what must not leave the machine, although nothing of it should be there: secrets to the letter, and what looks like a card
 * number or a telephone (nine digits or more in a row, or after a plus with signs between them).
 */
export function scrub(text: string, secrets: readonly string[]): string {
  return scrubSecrets(text, secrets)
    .replace(/\+\d[\d ()-]{7,}\d/g, (number) => maskText(number))
    // an id of letters and digits is no number: it is left alone
    .replace(/(?<![A-Za-z0-9_.])\d{9,}(?![A-Za-z0-9_])/g, (number) => maskText(number));
}

export function scrubSecrets(text: string, secrets: readonly string[]): string {
  return [...secrets]
    .filter((secret) => secret.length >= MIN_SECRET)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, secret) => clean.replaceAll(secret, '****').replaceAll(JSON.stringify(secret).slice(1, -1), '****'), text);
}
