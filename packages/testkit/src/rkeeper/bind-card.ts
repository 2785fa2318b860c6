import type { Item } from './books.js';
import type { CardVerdict } from './card-system.js';
import type { RkeeperFaults } from './faults.js';
import { asInt64 } from './int64.js';
import type { Order, Restaurant } from './restaurant.js';
import { failed, ok, type CommandResult } from './result.js';

/**
 * The card path, the same from the XML interface and from a station: what the card system says becomes a discount line and a guest, or a
 * refusal that leaves the order as it was. Who may change the order has been looked at before.
 */
export function bindCard(order: Order, number: string, verdict: CardVerdict, pds: Item, { restaurant, faults }: { readonly restaurant: Restaurant; readonly faults: RkeeperFaults }): CommandResult {
  if (verdict.verdict === 'down') return failed(`Ошибка отправки данных на ${pds.name}`);
  if (verdict.verdict === 'refused') return failed(verdict.text, 3813);
  const card = asInt64(number);
  const discount = restaurant.books.DISCOUNTS.find(({ code }) => code === verdict.card.discount);
  if (order.discounts.some(({ card: other, state }) => other === '' && state === 6) && verdict.card.discount !== 0) {
    return failed("Не найдена композиция для скидки 'Ручная скидка'");
  }
  const there = order.guests.some((guest) => guest.card === card) || order.discounts.some((line) => line.card === card && line.state === 6);
  if (there && faults.repeatedApply === 'refuse') return failed('FC Test: Ошибка "Карта уже применена"(31)', 3813);
  if (faults.ignoreCards || (there && faults.repeatedApply !== 'double')) return ok();
  restaurant.applied.push({ order: order.guid, card });
  if (discount !== undefined) restaurant.addDiscount(order, { name: discount.name, card, interface: pds });
  const guest = order.guests.find(({ card: bound }) => bound === '');
  if (guest !== undefined) {
    guest.card = card;
    guest.interface = pds;
  }
  restaurant.touch(order);
  return ok();
}
