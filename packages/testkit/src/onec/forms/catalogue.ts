/** Kinds and cards as the УНФ generation has them (catalogues ВидыДисконтныхКарт, ДисконтныеКарты, ШаблоныДисконтныхКарт). */

export type CardType = 'Barcode' | 'Magnetic' | 'Mixed';

/** How a magnetic track becomes a code: what stands around it is checked and cut off. */
export interface TrackTemplate {
  readonly prefix: string;
  readonly suffix: string;
  /** One character, or none. */
  readonly delimiter: string;
  /** Counted from 1. */
  readonly block: number;
  /** First character of the code in its block, counted from 1, and how many. */
  readonly first: number;
  readonly length: number;
  /** Length of the whole track; 0: any. */
  readonly codeLength: number;
}

export interface CardKind {
  readonly name: string;
  readonly type: CardType;
  readonly template?: TrackTemplate;
}

export interface CatalogueCard {
  readonly kind: string;
  readonly owner: string;
  /** At most 100 characters. */
  readonly barcode?: string;
  readonly magnetic?: string;
  readonly deleted?: boolean;
}

/** What every configuration tries beside its own templates. */
const PSEUDO_TEMPLATE: TrackTemplate = { prefix: ';', suffix: '?', delimiter: '', block: 1, first: 1, length: 0, codeLength: 0 };

/** The cards of a store. Search is by equal strings: no check digits, no stripping, no folding. */
export class CardCatalogue {
  readonly kinds: CardKind[];
  readonly cards: CatalogueCard[];

  constructor(kinds: readonly CardKind[] = [{ name: 'Бонусная', type: 'Mixed' }], cards: readonly CatalogueCard[] = []) {
    this.kinds = [...kinds];
    this.cards = [...cards];
  }

  byBarcode(code: string): readonly CatalogueCard[] {
    return this.cards.filter((card) => card.deleted !== true && card.barcode === code && this.#takes(card, ['Barcode', 'Mixed']));
  }

  byTrack2(track: string): readonly CatalogueCard[] {
    const templates = this.kinds.flatMap(({ template }) => (template === undefined ? [] : [template]));
    const codes = new Set([plainTrack2(track), ...[...templates, PSEUDO_TEMPLATE].flatMap((template) => codeOfTrack(track.trim(), template) ?? [])]);
    return this.cards.filter((card) => card.deleted !== true && card.magnetic !== undefined && codes.has(card.magnetic) && this.#takes(card, ['Magnetic', 'Mixed']));
  }

  #takes({ kind }: CatalogueCard, types: readonly CardType[]): boolean {
    return this.kinds.some(({ name, type }) => name === kind && types.includes(type));
  }
}

/** Without a template: what stands before the first `=`, without `;` and `?`. */
export function plainTrack2(track: string): string {
  const inner = track.trim().replace(/^;/, '').replace(/\?$/, '');
  const at = inner.indexOf('=');
  return at === 0 ? inner.slice(1) : at > 0 ? inner.slice(0, at) : inner;
}

export function codeOfTrack(track: string, { prefix, suffix, delimiter, block, first, length, codeLength }: TrackTemplate): string | undefined {
  if (codeLength > 0 && track.length !== codeLength) return undefined;
  if (!track.startsWith(prefix) || !track.endsWith(suffix) || track.length < prefix.length + suffix.length) return undefined;
  if (delimiter !== '' && !track.includes(delimiter)) return undefined;
  const inner = track.slice(prefix.length, track.length - suffix.length);
  const part = delimiter === '' ? inner : inner.split(delimiter)[block - 1];
  if (part === undefined) return undefined;
  const from = first - 1;
  return length === 0 ? part.slice(from) : part.slice(from, from + length);
}
