import type { Node } from './markup.js';
import type { Item } from './books.js';
import type { Order, Restaurant } from './restaurant.js';
import { badQuery, failed, type CommandResult } from './result.js';

/** A refusal in the middle of a command. */
export class Refused extends Error {
  readonly result: CommandResult;

  constructor(result: CommandResult) {
    super(result.status);
    this.result = result;
  }
}

/** Reads the parts of a command as strictly as the real server does: it names what it misses, and overlooks what it does not know. */
export class CommandInput {
  readonly #node: Node;
  readonly #restaurant: Restaurant;

  constructor(node: Node, restaurant: Restaurant) {
    this.#node = node;
    this.#restaurant = restaurant;
  }

  get name(): string {
    return this.#node.attributes['CMD'] ?? '';
  }

  /** Case matters. */
  optional(name: string): string | undefined {
    return this.#node.attributes[name];
  }

  required(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === '') throw new Refused(badQuery(`Attribute "${this.#node.name}/@${name}" is not found`));
    return value;
  }

  flag(name: string): boolean {
    const value = this.optional(name) ?? '0';
    if (!/^[01]$/.test(value)) throw new Refused(badQuery(`Bad integer attribute "${name}"`));
    return value === '1';
  }

  child(name: string): Node | undefined {
    return this.#node.children.find((child) => child.name === name);
  }

  /** An object of a reference book by id, code or guid; a missing element or an unknown object is refused. */
  item(element: string, book: readonly Item[], collection: string): Item {
    const found = this.maybeItem(element, book, collection);
    if (found === undefined) throw new Refused(badQuery(`Error: child element "${element}" not found`));
    return found;
  }

  maybeItem(element: string, book: readonly Item[], collection: string): Item | undefined {
    const node = this.child(element);
    if (node === undefined) return undefined;
    const { id, code, guid } = node.attributes;
    const found = book.find((item) => (id !== undefined ? String(item.ident) === id : code !== undefined ? String(item.code) === code : item.guid === guid?.toUpperCase()));
    if (found === undefined) throw new Refused(failed(`Не найден элемент ${id ?? code ?? guid ?? ''} в коллекции ${collection}`));
    return found;
  }

  order(): Order {
    const node = this.child('Order');
    if (node === undefined) throw new Refused(badQuery('Error: child element "Order" not found'));
    const { guid, visit, orderIdent } = node.attributes;
    const order =
      guid === undefined ? this.#restaurant.orders.find((candidate) => String(candidate.visit) === visit && String(candidate.ident) === orderIdent) : /^\{.*\}$/.test(guid) ? this.#restaurant.order(guid) : undefined;
    if (order === undefined) throw new Refused(failed('Заказ не найден', 2128));
    return order;
  }
}
