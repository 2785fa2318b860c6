import { bindCard } from './bind-card.js';
import { tableVerdict, type CardVerdict } from './card-system.js';
import { Refused, type CommandInput } from './command-input.js';
import { catalogued, type RkeeperFaults } from './faults.js';
import { asInt64 } from './int64.js';
import { tag } from './markup.js';
import type { Order, Restaurant } from './restaurant.js';
import { failed, ok, type CommandResult } from './result.js';

export interface CardWorld {
  readonly restaurant: Restaurant;
  readonly faults: RkeeperFaults;
  /** What a processing server said of the card of this command; absent: the simulator's own table is asked. */
  readonly verdict?: CardVerdict;
}

/** `ApplyPersonalCard`: the real card path, with the lock rules of the order. */
export function applyCard(input: CommandInput, world: CardWorld): CommandResult {
  const { restaurant, faults } = world;
  const card = input.required('CardCode');
  const order = input.order();
  input.item('Station', restaurant.books.CASHES, 'CASHES');
  const pds = input.item('Interface', restaurant.books.DEVICES, 'DEVICES');
  input.maybeItem('Cashier', restaurant.books.EMPLOYEES, 'EMPLOYEES');
  mayChange(order, input.optional('lockguid'), restaurant, faults);
  if (faults.licence) return failed('Bad license anchor');
  const refusal = catalogued(faults.refusal);
  if (refusal !== undefined) return refusal;
  return bindCard(order, card, world.verdict ?? tableVerdict(card, restaurant, faults), pds, world);
}

/** `UndoPersonalCard`: Ok even when the card was never there. */
export function undoCard(input: CommandInput, { restaurant, faults }: CardWorld): CommandResult {
  const card = asInt64(input.required('cardCode'));
  const order = input.order();
  mayChange(order, input.optional('lockguid'), restaurant, faults);
  for (const discount of order.discounts) if (discount.card === card) discount.state = 7;
  for (const guest of order.guests) {
    if (guest.card !== card) continue;
    guest.card = '';
    guest.interface = undefined;
  }
  restaurant.touch(order);
  return ok();
}

/** `GetCardInfo`: no proof that a card exists: an unknown one is Ok with an empty holder. */
export function cardInfo(input: CommandInput, { restaurant, faults }: CardWorld): CommandResult {
  const card = input.required('cardCode');
  const pds = input.item('Interface', restaurant.books.DEVICES, 'DEVICES');
  if (faults.cardSystemDown) return failed(`Ошибка отправки данных на ${pds.name}`);
  const known = restaurant.cards.get(asInt64(card));
  return ok([tag('CardInfo', { cardCode: card, holder: known?.holder ?? '', maxAmount: known?.amount ?? 0, amount: known?.amount ?? 0, maxDisc: 0, InternalCardCode: known === undefined ? '' : asInt64(card) })]);
}

/** A changing command needs the order to be free, or locked with the very token that it brings. */
export function mayChange(order: Order, token: string | undefined, restaurant: Restaurant, faults: RkeeperFaults): void {
  if (order.finished || faults.visitClosed) throw new Refused(failed(`Визит ${String(order.visit)} закрыт!`, 2128));
  const holder = restaurant.holder(order);
  if (holder !== undefined) {
    throw new Refused(failed(`Не получается заблокировать. Заказ заблокирован другим ключом блокировки (станция ${holder.item.netName ?? holder.item.name}, оператор ${String(holder.operator.code)})`, 2219));
  }
  const held = restaurant.tokenOf(order);
  if (held !== undefined && held !== token) throw new Refused(failed('Не получается заблокировать. Заказ заблокирован другим ключом блокировки (XML)', 2219));
}
