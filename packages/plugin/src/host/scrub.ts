import { maskText, printable } from '@tillbridge/core';

/** How many texts that a plugin was given are remembered, to be taken out of what it says. */
const MOST_KNOWN = 64;

/** Makes texts of a plugin fit for logs and screens: what it was given in clear, and whatever looks like a number of a guest, is masked. */
export class Scrubber {
  readonly #known = new Set<string>();

  remember(...texts: readonly string[]): void {
    for (const text of texts) {
      if (text.length < 4) continue;
      this.#known.delete(text);
      this.#known.add(text);
    }
    for (const text of this.#known) {
      if (this.#known.size <= MOST_KNOWN) break;
      this.#known.delete(text);
    }
  }

  clean(text: string, max = 300): string {
    let clean = text;
    // a function: a text that is put in as it is may hold `$&`, which stands for what was found
    for (const known of this.#known) clean = clean.replaceAll(known, () => maskText(known));
    // cards, telephones as people write them, EANs
    return printable(clean.replace(/\d(?:[ ()-]{0,2}\d){6,}/g, (digits) => maskText(digits)), max);
  }
}
