import type { TillCard } from '@tillbridge/phone-link';
import { clean } from './clean.js';

/** One entry of the till switch: a daemon, and one of the cashier programs behind it. */
export interface TillChoice {
  /** Unique; kept as the last choice. */
  readonly key: string;
  readonly tillId: string;
  /** The cashier program; undefined: the daemon's default. */
  readonly till: string | undefined;
  readonly label: string;
}

/** All tills that the phone can send to, in the order in which they were paired. */
export function choicesOf(connections: readonly { readonly tillId: string; readonly card: TillCard }[]): readonly TillChoice[] {
  return connections.flatMap(({ tillId, card }) => {
    const home = clean(card.name, 40);
    if (card.tills.length <= 1) return [{ key: tillId, tillId, till: card.tills[0]?.id, label: home === '' ? clean(card.tills[0]?.name ?? tillId, 40) : home }];
    // one word for both where the daemon serves several: people know their tills, not the daemon
    return card.tills.slice(0, 32).map(({ id, name }) => ({ key: `${tillId}/${id}`, tillId, till: id, label: connections.length > 1 ? `${home}: ${clean(name, 40)}` : clean(name, 40) }));
  });
}

/** The last choice where it is still there; else the till of the same daemon that it has in mind for this phone; else the first. */
export function chosen(choices: readonly TillChoice[], last: string | undefined, preferred: string | undefined): TillChoice | undefined {
  const home = choices.filter(({ tillId }) => tillId === last?.split('/')[0]);
  const near = home.length === 0 ? choices : home;
  return near.find(({ key }) => key === last) ?? near.find(({ till }) => preferred !== undefined && till === preferred) ?? near[0];
}
