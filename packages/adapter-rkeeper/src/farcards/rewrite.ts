import { xml, type Markup, type XmlElement } from '../xml/index.js';

/**
 * Attributes that hold a card number, whatever their case: `QRY@Card` and `TransactionsEx@Card`, `ITEM@cardcode` of INPBUF and
 * `TRANSACTION@cardcode` of TRRESPONSE. `Account` and `PersonID` are the card system's own and stay as they are.
 */
const CARD_ATTRIBUTES: ReadonlySet<string> = new Set(['card', 'cardcode']);

/** The document again with its card numbers replaced; everything else as it was. Text comes before the children of the same element. */
export function rewriteCards(element: XmlElement, replace: (card: string) => string): Markup {
  const attributes: [string, string][] = [...element.attributes].map(([name, value]) => [name, CARD_ATTRIBUTES.has(name.toLowerCase()) ? replace(value) : value]);
  const children = element.children.map((inner) => rewriteCards(inner, replace));
  const text = element.text.trim() === '' ? [] : [element.text];
  // no prototype: an attribute may be called __proto__
  const plain: Record<string, string> = Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(attributes));
  return xml(element.name, plain, ...text, ...children);
}
