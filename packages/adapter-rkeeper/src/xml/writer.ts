export type XmlValue = string | number | boolean | undefined;

/** A piece of markup that is escaped already. Only {@link xml} makes one, so that foreign text cannot become markup. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(name: string, attributes: Readonly<Record<string, XmlValue>>, content: readonly (Markup | string)[]): Markup {
    const written = Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => ` ${key}="${escaped(plain(value))}"`)
      .join('');
    const inner = content.map((part) => (typeof part === 'string' ? escaped(part) : part.text)).join('');
    return new Markup(inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`);
  }

  get text(): string {
    return this.#text;
  }
}

/**
 * An element. Attributes that are undefined are left out; booleans are written as r_keeper wants them, `1` and `0`. Names are our own
 * constants, values and texts may be anything.
 */
export function xml(name: string, attributes: Readonly<Record<string, XmlValue>> = {}, ...content: readonly (Markup | string)[]): Markup {
  return Markup.of(name, attributes, content);
}

export function xmlDocument(root: Markup): string {
  return `<?xml version="1.0" encoding="utf-8"?>\r\n${root.text}`;
}

function plain(value: XmlValue): string {
  return typeof value === 'boolean' ? (value ? '1' : '0') : String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Characters that XML 1.0 cannot carry at all, lone surrogates among them, become U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"'\t\n\r]/g, (character) => ESCAPES[character] ?? character)
    // eslint-disable-next-line no-control-regex -- these are the ones that must not get through
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/\p{Cs}/gu, '\ufffd');
}
