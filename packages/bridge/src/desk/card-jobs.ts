import { isoTime } from '@tillbridge/core';
import { openCards, openStateFolder, stateFolderAt, type CardEntry, type CardStats, type CardTable, type NewCard } from '@tillbridge/store';
import type { ClearCard, DeskPlace } from './jobs.js';

function withTable<T>({ state }: DeskPlace, work: (cards: CardTable) => T, folder = stateFolderAt(state)): T {
  const cards = openCards({ file: folder.file('cards.db') });
  try {
    return work(cards);
  } finally {
    cards.close();
  }
}

export function get(place: DeskPlace, { code }: { readonly code: string }): ClearCard | undefined {
  return withTable(place, (cards) => {
    const entry = cards.get(code);
    return entry === undefined ? undefined : inClear(entry);
  });
}

export function stats(place: DeskPlace): CardStats {
  return withTable(place, (cards) => cards.stats());
}

export function add(place: DeskPlace, card: NewCard): 'added' | 'updated' {
  return withTable(place, (cards) => cards.add(card), openStateFolder(place.state));
}

export function remove(place: DeskPlace, { code }: { readonly code: string }): boolean {
  return withTable(place, (cards) => cards.remove(code));
}

export function page(place: DeskPlace, { after, limit }: { readonly after: string; readonly limit: number }): readonly ClearCard[] {
  return withTable(place, (cards) => cards.page(after, limit).map(inClear));
}

function inClear({ code, card, kind, state, expires }: CardEntry): ClearCard {
  return { code: code.reveal(), card: card.reveal(), kind, state, ...(expires === undefined ? {} : { expires: isoTime(expires) }) };
}
