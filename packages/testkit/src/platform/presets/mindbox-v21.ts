import { headerAuth } from '../auth.js';
import type { PlatformCall } from '../call.js';
import type { Node } from '../../rkeeper/markup.js';
import { escapeXml, xml, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';
import { mindboxGuests } from './mindbox.js';

const KEY = 'made-up-mindbox-key';
const PRE_ORDER = 'Offline.GetPreorderInfo';
const CREATE = 'Offline.CreateOrder';

/**
 * Mindbox API v2.1: XML both ways, names of operations the project's own. Source: `mindbox-cloud/php-sdk`, src/Clients/MindboxClientV2.php and
 * src/DTO/V2: an order's customer has `discountCards`, each with a status as text. The element around them is an inference.
 */
export const mindboxV21 = definePlatform({
  preset: 'mindbox-v21',
  title: 'Mindbox v2.1',
  basePath: '',
  secrets: { key: KEY },
  vars: { operation: PRE_ORDER, createOperation: CREATE, numberPath: 'result.order.customer.discountCards.discountCard[*].ids.number', pointOfContact: 'shop-1' },
  guests: mindboxGuests,
  open: (world) => ({
    auth: headerAuth('authorization', [`DirectCrm key="${KEY}"`], xml(403, '<error><errorMessage>Access denied</errorMessage></error>')),
    routes: [
      { method: 'POST', path: '/v2.1/orders/get-pre-order-info', handle: (call) => withOrder(call, PRE_ORDER, (order) => preOrder(world, order)) },
      { method: 'POST', path: '/v2.1/orders/create', handle: (call) => withOrder(call, CREATE, (order) => create(world, order)) },
    ],
  }),
});

function withOrder(call: PlatformCall, operation: string, handle: (order: Node) => PlatformReply): PlatformReply {
  if (call.query.get('operation') !== operation) return xml(400, `<error><errorMessage>Operation ${escapeXml(call.query.get('operation') ?? '')} not found</errorMessage></error>`);
  const root = call.xml;
  const order = root?.name === 'order' ? root : root?.children.find(({ name }) => name === 'order');
  return order === undefined || !call.type.endsWith('/xml') ? xml(400, '<error><errorMessage>The body cannot be read</errorMessage></error>') : handle(order);
}

function textOf(node: Node, path: string): string | undefined {
  let here: Node | undefined = node;
  for (const name of path.split('/')) here = here?.children.find((child) => child.name === name);
  const text = here?.text.trim();
  return text === '' ? undefined : text;
}

const STATES = { active: 'Activated', inactive: 'Inactive', blocked: 'Blocked' } as const;

function preOrder(world: PlatformWorld, order: Node): PlatformReply {
  const phone = textOf(order, 'customer/mobilePhone');
  const number = textOf(order, 'customer/discountCard/ids/number');
  const guests = phone === undefined ? world.findAll('barcode', number) : world.findAll('phone', phone);
  const [guest] = guests;
  if (guest === undefined) return xml(200, '<result><status>Success</status><order><customer><processingStatus>NotFound</processingStatus></customer></order></result>');
  // a customer may have several cards: each of those with this telephone is one of his here
  const cards = guests.flatMap(({ card, state }) => (card === undefined ? [] : [`<discountCard><ids><number>${card}</number></ids><status>${STATES[state]}</status><type><name>Base</name></type></discountCard>`]));
  return xml(
    200,
    `<result><status>Success</status><order><customer><processingStatus>Found</processingStatus><ids><mindboxId>${guest.id}</mindboxId></ids><firstName>${escapeXml(guest.name ?? '')}</firstName><discountCards>${cards.join('')}</discountCards></customer></order></result>`,
  );
}

function create(world: PlatformWorld, order: Node): PlatformReply {
  const key = textOf(order, 'ids/externalId');
  const total = Math.round(Number(textOf(order, 'totalPrice') ?? 'x') * 100);
  if (key === undefined || !Number.isFinite(total)) return xml(200, '<result><status>ValidationError</status><validationMessages><message>ids, totalPrice</message></validationMessages></result>');
  const guest = world.find('card', textOf(order, 'customer/discountCard/ids/number')) ?? world.find('phone', textOf(order, 'customer/mobilePhone'));
  const { first, credit } = world.book({ key, operation: 'sale', total, ...(guest === undefined ? {} : { guest: guest.id }) });
  return xml(200, `<result><status>${first ? 'Success' : 'TransactionAlreadyProcessed'}</status><order><ids><mindboxId>${credit.reference}</mindboxId></ids></order></result>`);
}
