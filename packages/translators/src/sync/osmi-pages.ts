import { compilePath, select, textOf, type Tree, type TreePath } from '../http/answer-tree.js';

/** What a pass stands for in the card table. */
export interface PassRow {
  /** What its barcode says. */
  readonly code: string;
  readonly card: string;
}

/** A page of passes, read. */
export interface PassPage {
  readonly rows: readonly PassRow[];
  /** Passes on it, whatever could be used of them. */
  readonly passes: number;
  readonly skipped: number;
}

/** An empty field says so (public clients of the API). */
const NO_VALUE = '-empty-';

/** Where the barcode's text may stand: what is shown comes first. */
const MESSAGES: readonly TreePath[] = ['barcode.effective.message', 'barcode.card.message', 'barcode.message'].flatMap((text) => compilePath(text) ?? []);

/** A page of `GET /passes?barcode=true`; undefined where it is none. `number`: where the card's number stands in a pass. */
export function readPassPage(tree: Tree | undefined, number: TreePath): PassPage | undefined {
  if (tree === undefined || tree === null || typeof tree !== 'object' || !('cards' in tree)) return undefined;
  const cards = (tree as { readonly cards: Tree }).cards;
  if (!Array.isArray(cards)) return undefined;
  const rows = (cards as readonly Tree[]).flatMap((pass) => rowOf(pass, number) ?? []);
  return { rows, passes: cards.length, skipped: cards.length - rows.length };
}

function rowOf(pass: Tree, number: TreePath): PassRow | undefined {
  const code = MESSAGES.map((path) => textOf(select(pass, path)[0])).find((text) => text !== undefined && text !== NO_VALUE);
  const card = textOf(select(pass, number)[0]);
  return code === undefined || card === undefined || card === NO_VALUE ? undefined : { code, card };
}
