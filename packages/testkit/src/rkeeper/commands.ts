import { applyCard, cardInfo, mayChange, undoCard, type CardWorld } from './card-commands.js';
import { CommandInput, Refused } from './command-input.js';
import { tag, type Node } from './markup.js';
import { runMcr, MCR_DEVICES, type McrAlgorithm, type McrDeviceType } from './mcr.js';
import { itemMarkup, orderList, orderListV1, wholeOrder } from './order-markup.js';
import type { Books } from './books.js';
import { badQuery, failed, ok, type CommandResult } from './result.js';

/** A message shown at a station. */
export interface ShownMessage {
  readonly station: string;
  readonly text: string;
}

export interface ServerWorld extends CardWorld {
  readonly algorithms: readonly McrAlgorithm[];
  readonly messages: ShownMessage[];
  /** What a station does with a parameter that an MCR algorithm made; absent on the cash server. */
  readonly station?: (data: string, device: McrDeviceType, deviceId: number | undefined) => Promise<CommandResult>;
}

type Command = (input: CommandInput, world: ServerWorld) => CommandResult | Promise<CommandResult>;

/** Every command that the simulator knows; the names are particular about case. */
const COMMANDS: Readonly<Record<string, Command>> = {
  GetSystemInfo: (_input, { restaurant }) => ok([tag('SystemInfo', { RestCode: restaurant.code, NetName: 'MID1' })]),
  GetSystemInfo2: (_input, { restaurant }) => ok([tag('SystemInfo', { RestCode: restaurant.code, NetName: 'MID1' })]),
  GetFunctions: (_input, world) => ok(namesFor(world).map((name) => tag('Query', { name, deprecated: false }))),
  GetRefData: refData,
  LogicalDevices: (_input, { restaurant }) =>
    ok([tag('LogicalDevices', {}, ...restaurant.books.DEVICES.map(({ ident, code, name, guid }) => tag('LogicalDevice', { id: ident, code, name, guid, modClass: 'PDS', driver: 'pds_netk', number: 1 })))]),
  GetOrderList: (input, { restaurant }) => ok(orderListV1(restaurant, input.flag('onlyOpened'))),
  GetOrderList2: (input, { restaurant }) => {
    const onlyOpened = input.flag('onlyOpened');
    // looking may end a lock that has lingered long enough
    const visits = orderList(restaurant, onlyOpened);
    const lastversion = restaurant.listVersion;
    if (input.optional('lastversion') === String(lastversion)) return { status: 'No changes', attributes: { lastversion }, data: [] };
    return ok(visits, { lastversion });
  },
  GetOrder: (input, { restaurant }) => ok([wholeOrder(restaurant, input.order())]),
  CreateOrder: (input, { restaurant }) => {
    const order = input.child('Order');
    if (order === undefined) return badQuery('Error: child element "Order" not found');
    const inner = new CommandInput(order, restaurant);
    const table = inner.item('Table', restaurant.books.TABLES, 'TABLES');
    const waiter = inner.maybeItem('Waiter', restaurant.books.EMPLOYEES, 'EMPLOYEES') ?? restaurant.books.EMPLOYEES[0];
    if (order.attributes['guestCount'] === '0') return failed('Количество гостей не должно быть нулевым', 3444);
    if (waiter === undefined) return failed('Нет работников');
    const made = restaurant.openOrder(table, waiter);
    return ok([wholeOrder(restaurant, made)], { OrderID: made.ident, guid: made.guid });
  },
  SaveOrder: saveOrder,
  PayOrder: (input, { restaurant, faults }) => {
    const order = input.order();
    mayChange(order, input.optional('lockguid'), restaurant, faults);
    const paid = Number(input.child('Payment')?.attributes['amount'] ?? 0);
    if (paid < order.sum) return failed('Недостаточно денег для оплаты заказа', 3373);
    restaurant.pay(order);
    return ok();
  },
  GetCardInfo: cardInfo,
  ApplyPersonalCard: applyCard,
  UndoPersonalCard: undoCard,
  ParseMCR: parseMcr,
  ApplyMCR: (input, world) => {
    if (world.station === undefined) return badQuery('Unknown command ApplyMCR');
    return world.station(input.required('data'), deviceType(input), deviceId(input));
  },
  LockOrder: (input, { restaurant }) => {
    const order = input.order();
    const seconds = lockSeconds(input.required('lockTime'));
    // a plain time is accepted and does nothing
    const done = seconds !== undefined && restaurant.lock(order, input.required('lockguid'), seconds);
    return ok([], { locked: done && seconds > 0 });
  },
  WaiterMessage: (input, { messages, restaurant }) => {
    const station = input.item('Station', restaurant.books.CASHES, 'CASHES');
    input.required('expireTime');
    messages.push({ station: station.name, text: input.required('text') });
    return ok();
  },
  CheckLicense: (input) => (input.required('license') === 'XMLSaveOrder' ? ok() : failed('Bad license anchor')),
  GetXMLLicenseInstanceSeqNumber: (_input, { restaurant }) => ok([], { SeqNumber: restaurant.seqNumber }),
};

/** Carries out one command. */
export async function runCommand(node: Node, world: ServerWorld): Promise<CommandResult> {
  const input = new CommandInput(node, world.restaurant);
  const command = Object.hasOwn(COMMANDS, input.name) ? COMMANDS[input.name] : undefined;
  if (command === undefined) return badQuery(`Unknown command ${input.name}`);
  if (world.faults.noRights && isChange(input.name)) return failed('Недостаточно прав для выполнения операции');
  try {
    return await command(input, world);
  } catch (error) {
    if (error instanceof Refused) return error.result;
    throw error;
  }
}

/** Whether a command changes something: such ones take the card system's time, and may be lost after they were done. */
export function isChange(name: string): boolean {
  return /^(ApplyPersonalCard|UndoPersonalCard|SaveOrder|PayOrder|CreateOrder|LockOrder|ApplyMCR)$/.test(name);
}

function namesFor({ station }: ServerWorld): readonly string[] {
  return Object.keys(COMMANDS).filter((name) => name !== 'ApplyMCR' || station !== undefined);
}

function refData(input: CommandInput, { restaurant }: ServerWorld): CommandResult {
  const name = input.required('RefName');
  if (!Object.hasOwn(restaurant.books, name)) return failed(`Не найден элемент ${name} в коллекции References`);
  input.flag('OnlyActive');
  const mask = input.optional('PropMask');
  const wanted = mask === undefined ? undefined : (/\(([^)]*)\)/.exec(mask)?.[1] ?? '').split(',');
  const items = restaurant.books[name as keyof Books].map((item) => {
    const facts = { Ident: item.ident, Code: item.code, Name: item.name, GUIDString: item.guid, NetName: item.netName };
    return tag('Item', Object.fromEntries(Object.entries(facts).filter(([key]) => wanted === undefined || wanted.includes(key))));
  });
  return ok([tag('RK7Reference', { DataVersion: 5, ClassName: `T${name}`, TotalItemCount: items.length }, tag('Items', {}, ...items))]);
}

/** Dishes and plain discounts of one session; licensed by the request. */
function saveOrder(input: CommandInput, { restaurant, faults }: ServerWorld): CommandResult {
  const order = input.order();
  const instance = input.child('LicenseInfo')?.children.find(({ name }) => name === 'LicenseInstance');
  if (instance === undefined || faults.licence) return failed('Bad license anchor');
  const seq = Number(instance.attributes['seqNumber'] ?? Number.NaN);
  if (!Number.isInteger(seq)) return failed('SeqNumber (допустимы 8)', 5305);
  if (seq <= restaurant.seqNumber) return failed('SeqNumber должен быть увеличен.', 5310);
  mayChange(order, input.optional('lockguid'), restaurant, faults);
  const session = input.child('Session');
  if (session === undefined) return badQuery('Error: child element "Session" not found');
  const holder = new CommandInput(session, restaurant);
  const dish = holder.maybeItem('Dish', restaurant.books.MENUITEMS, 'MENUITEMS');
  const discount = holder.maybeItem('Discount', restaurant.books.DISCOUNTS, 'DISCOUNTS');
  const item = restaurant.books.MENUITEMS.find(({ ident }) => ident === dish?.ident);
  if (item !== undefined) restaurant.addDish(order, item, Number(holder.child('Dish')?.attributes['quantity'] ?? 1000));
  if (discount !== undefined) restaurant.addDiscount(order, { name: discount.name, card: '', interface: undefined });
  restaurant.seqNumber = seq;
  return ok([wholeOrder(restaurant, order)]);
}

function parseMcr(input: CommandInput, { algorithms }: ServerWorld): CommandResult {
  const matches = runMcr(algorithms, input.required('data'), deviceType(input), deviceId(input));
  return ok(
    matches.map(({ algorithm, parameter }) =>
      tag('Item', { cardCode: parameter, scope: algorithm.scope }, tag('MCR', { name: algorithm.name }), ...(algorithm.object === undefined ? [] : [itemMarkup('Object', algorithm.object)])),
    ),
  );
}

function deviceType(input: CommandInput): McrDeviceType {
  const name = input.required('devicetype');
  const found = MCR_DEVICES.find((device) => device === name);
  if (found === undefined) throw new Refused(badQuery(`Bad attribute "devicetype": ${name}`));
  return found;
}

function deviceId(input: CommandInput): number | undefined {
  const id = input.optional('deviceid');
  return id === undefined || id === '' ? undefined : Number(id);
}

/** Seconds of a time on the server's day zero; `undefined` for a plain time, which does nothing. */
function lockSeconds(text: string): number | undefined {
  const parts = /^1899-12-30T(\d\d):(\d\d):(\d\d)$/.exec(text);
  return parts === null ? undefined : Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}
