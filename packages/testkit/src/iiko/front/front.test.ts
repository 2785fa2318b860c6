import { beforeEach, describe, expect, it, test } from 'vitest';
import { VirtualClock } from '../../virtual-clock.js';
import { STAFF_ONLY, TEN_PERCENT } from './books.js';
import { noFrontFaults, takeFault } from './faults.js';
import type { FrontErrorKind } from './front-error.js';
import type { CurrentOrderEdit, FrontPlugin, FrontPluginContext } from './plugin.js';
import { UNKNOWN_CODE } from './reads.js';
import { FrontRestaurant } from './restaurant.js';
import type { FrontScreen } from './screens.js';
import { FrontTerminal } from './terminal.js';
import { tracksOf, wrapped } from './wrapping.js';

const MARKING = '010460123456789321ABC\u001d93XYZ1';
const GUEST = { id: 'guest-1', name: 'Анна', phone: '+79990001122', cardNumber: '1122334455', cardTrack: '990011223344' };

let clock: VirtualClock;
let restaurant: FrontRestaurant;
let terminal: FrontTerminal;
let context: FrontPluginContext;
/** What the plugin's handlers were given, and what they say. */
let asked: string[];
let says: (what: string) => boolean | Promise<boolean>;

const plugin = (given: FrontPluginContext): FrontPlugin => {
  context = given;
  const answer = (what: string): boolean | Promise<boolean> => {
    asked.push(what);
    return says(what);
  };
  return {
    barcodeScanned: ({ barcode }) => answer(`barcode ${barcode}`),
    cardSlided: ({ card }) => answer(`card ${card.track2}|${card.fullCardTrack}`),
    cardScanned: ({ data, device }) => answer(`scanned ${device} ${data}`),
    dispose: () => undefined,
  };
};

function start(api: 'V8' | 'V9' | 'V10' = 'V9'): void {
  clock = new VirtualClock();
  restaurant = new FrontRestaurant({ clock });
  terminal = new FrontTerminal({ clock, restaurant, id: 'CASH-1', api });
  asked = [];
  says = () => false;
  terminal.load(plugin);
}

async function edit(work: (edit: CurrentOrderEdit) => void | Promise<void>): Promise<FrontErrorKind | 'done'> {
  return context.tryEditCurrentOrder(work).then(
    () => 'done' as const,
    (error: unknown) => (error as { kind: FrontErrorKind }).kind,
  );
}

beforeEach(() => start());

describe('a read goes its branch', () => {
  const show = async (): Promise<string> => {
    const order = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: order.id });
    return order.id;
  };

  it('scanner: iikoFront first, then the plugin, then the message', async () => {
    await show();
    restaurant.kitchenCodes.add('K1');
    terminal.devices.set('usb', 'scanner');
    expect((await terminal.read('usb', 'K1\r')).takenBy).toBe('kitchen');
    expect((await terminal.read('usb', '4601234567893\r')).takenBy).toBe('product');
    expect((await terminal.read('usb', MARKING)).takenBy).toBe('marking');
    expect(asked).toEqual([]);
    expect(await terminal.read('usb', '9812345678901234\r')).toEqual({ branch: 'scanner', takenBy: 'nobody', text: UNKNOWN_CODE });
    says = () => true;
    expect((await terminal.read('usb', '9812345678901234\r')).takenBy).toBe('plugin');
    expect(asked).toEqual(['barcode 9812345678901234', 'barcode 9812345678901234']);
    expect(terminal.deviceLog.slice(-3)).toEqual([
      'Card slided 1:<barcode class="Resto.Front.Devices.KeyboardDriver"/>, 2:9812345678901234, 3:barcode',
      'No product have container with barcode = 9812345678901234',
      'Processed 9812345678901234 as a custom barcode',
    ]);
    expect(terminal.lines).toEqual([{ level: 'warning', text: UNKNOWN_CODE }]);
  });

  it('card: discount, guest and employee cards are iikoFront\'s own; a barcode event never comes', async () => {
    const order = await show();
    terminal.devices.set('msr', 'card');
    restaurant.discountCards.set('555', { number: '555', owner: 'Анна', discountType: TEN_PERCENT, priceCategory: undefined });
    restaurant.registerGuest(GUEST);
    restaurant.employeeCards.add('7');
    const taken = [];
    for (const track of [';555?', `;${GUEST.cardTrack}?`, ';7?', ';9812345678901234?', '4601234567893']) taken.push((await terminal.read('msr', track)).takenBy);
    expect(taken).toEqual(['discountCard', 'guest', 'employee', 'nobody', 'nobody']);
    expect(asked).toEqual(['card 9812345678901234|;9812345678901234?', 'card 4601234567893|4601234567893']);
    expect(restaurant.changes.map(({ kind, by, value }) => `${by} ${kind} ${value}`)).toEqual(['iikoFront discountCard 555', 'iikoFront customer guest-1']);
    expect(restaurant.order(order)?.discounts).toEqual([{ type: TEN_PERCENT.id, cardNumber: '555' }]);
  });

  test.each([
    [{ kind: 'lock' }],
    [{ kind: 'deliveryEdit' }],
    [{ kind: 'unknown' }],
    [{ kind: 'dialog', accepts: 'card' }],
    [{ kind: 'payment', order: '' }],
  ] satisfies [FrontScreen][])('no plugin hears of it on %o before V10', async (screen) => {
    const order = await show();
    await terminal.show(screen.kind === 'payment' ? { ...screen, order } : screen);
    terminal.devices.set('usb', 'scanner');
    expect((await terminal.read('usb', '9812345678901234\r')).takenBy).toBe('nobody');
    expect(asked).toEqual([]);
  });

  it('V10: the plugin first, on any screen; true ends it', async () => {
    start('V10');
    terminal.devices.set('usb', 'scanner');
    expect((await terminal.read('usb', '4601234567893\r')).takenBy).toBe('nobody');
    await show();
    says = () => true;
    expect((await terminal.read('usb', '4601234567893\r')).takenBy).toBe('plugin');
    expect(asked).toEqual(['scanned Scanner 4601234567893', 'scanned Scanner 4601234567893']);
  });

  it('a dialog takes what its tab in front takes', async () => {
    await show();
    terminal.devices.set('usb', 'scanner');
    const by = async (accepts: 'barcode' | 'card' | 'both' | 'nothing'): Promise<string> => {
      await terminal.show({ kind: 'dialog', accepts });
      return (await terminal.read('usb', '98')).takenBy;
    };
    expect([await by('barcode'), await by('card'), await by('both'), await by('nothing')]).toEqual(['dialog', 'nobody', 'dialog', 'nobody']);
  });

  it('plugins are asked one after the other, until one says true; one that is dead is not', async () => {
    await show();
    terminal.devices.set('usb', 'scanner');
    const order: string[] = [];
    const named = (name: string, takes: boolean) => (): FrontPlugin => ({
      barcodeScanned: () => {
        order.push(name);
        return takes;
      },
      cardSlided: () => false,
      dispose: () => undefined,
    });
    const dead = terminal.load(named('dead', true));
    await dead.stop();
    for (const name of ['second', 'third']) terminal.load(named(name, name === 'second'));
    expect((await terminal.read('usb', '98\r')).takenBy).toBe('plugin');
    expect([asked, order]).toEqual([['barcode 98'], ['second']]);
  });

  it('reaches plugins wrapped as the till is set up', async () => {
    await show();
    terminal.devices.set('usb', 'scanner');
    terminal.devices.set('msr', 'card');
    for (const wrap of ['barcodeClass', 'quoted', 'control'] as const) {
      terminal.wrapping = { wrap, emptyFullTrack: true };
      await terminal.read('usb', '98\r');
    }
    await terminal.read('msr', '%A?;98?');
    expect(asked).toEqual(['barcode <barcode class="Resto.Front.Devices.KeyboardDriver"/>;98?barcode', 'barcode "98"', 'barcode \u0002\ufeff98\u200b\u0003', 'card \u0002\ufeff98\u200b\u0003|']);
    expect(tracksOf('%A?;98?+7?\r', { wrap: 'none', emptyFullTrack: false })).toEqual({ fullCardTrack: '%A?;98?+7?', track1: 'A', track2: '98', track3: '7' });
    expect(wrapped('x', { wrap: 'none', emptyFullTrack: false })).toBe('x');
  });
});

describe('an edit of the order on the screen', () => {
  test.each([[{ kind: 'lock' }], [{ kind: 'deliveryEdit' }], [{ kind: 'unknown' }], [{ kind: 'dialog', accepts: 'both' }], [{ kind: 'payment', order: '' }]] satisfies [FrontScreen][])('%o is not supported', async (screen) => {
    const order = restaurant.openOrder();
    await terminal.show(screen.kind === 'payment' ? { ...screen, order: order.id } : screen);
    expect(await edit(() => undefined)).toBe('NotSupportedException');
  });

  it('waits for a busy screen, and is called off when that is left', async () => {
    const order = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: order.id });
    terminal.setBusy(true);
    let ran = 0;
    const held = edit(() => void (ran += 1));
    await clock.settle();
    expect(ran).toBe(0);
    terminal.setBusy(false);
    expect([await held, ran]).toEqual(['done', 1]);
    terminal.setBusy(true);
    const lost = edit(() => void (ran += 1));
    await terminal.show({ kind: 'lock' });
    terminal.setBusy(false);
    expect([await lost, ran]).toEqual(['OperationCanceledException', 1]);
  });

  it('holds the cashier until it is over', async () => {
    const order = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: order.id });
    let finish: () => void = () => undefined;
    const editing = edit(() => new Promise((resolve) => (finish = resolve)));
    await clock.settle();
    const left = terminal.show({ kind: 'lock' });
    await clock.settle();
    expect([terminal.screen.kind, terminal.editing]).toEqual(['orderEdit', true]);
    finish();
    expect([await editing, await left, terminal.screen.kind]).toEqual(['done', true, 'lock']);
  });

  const throwing = async (work: (edit: CurrentOrderEdit) => void): Promise<FrontErrorKind | 'done'> => edit(work);

  it('refuses what iikoFront refuses', async () => {
    const order = restaurant.openOrder();
    const other = restaurant.openOrder(2);
    const second = new FrontTerminal({ clock, restaurant, id: 'CASH-2' });
    await second.show({ kind: 'orderEdit', order: other.id });
    await terminal.show({ kind: 'orderEdit', order: order.id });
    expect(await terminal.show({ kind: 'orderEdit', order: other.id })).toBe(false);
    restaurant.discountCards.set('1', { number: '1', owner: '', discountType: TEN_PERCENT, priceCategory: undefined });
    restaurant.discountCards.set('2', { number: '2', owner: '', discountType: STAFF_ONLY, priceCategory: undefined });
    restaurant.discountCards.set('3', { number: '3', owner: '', discountType: undefined, priceCategory: 'VIP' });
    const put = (number: string, on?: string) => ({ operations, order: own }: CurrentOrderEdit): void => {
      const session = operations.createEditSession();
      session.addDiscountByCardNumber(number, on === undefined ? operations.getOrderById(own.id) : operations.getOrderById(on), operations.searchDiscountCardByNumber(number)!);
      operations.submitChanges(session);
    };
    expect(await throwing(put('1'))).toBe('done');
    expect(await throwing(put('2'))).toBe('ConstraintViolationException');
    expect(await throwing(put('3'))).toBe('done');
    expect(restaurant.order(order.id)).toMatchObject({ priceCategory: 'VIP', discounts: [{ cardNumber: '1' }], revision: 3 });
    expect(await throwing(put('1', other.id))).toBe('EntityAlreadyInUseException');
    expect(await throwing(({ operations, order: stale }) => {
      put('1')({ operations, order: stale });
      const session = operations.createEditSession();
      session.changeCoupons(['C'], stale);
      operations.submitChanges(session);
    })).toBe('EntityModifiedException');
    restaurant.setStatus(order.id, 'Bill');
    expect(await throwing(put('1'))).toBe('ConstraintViolationException');
    const datum = { value: 'v', isPublic: false };
    expect(await throwing(({ operations, order: now }) => {
      const session = operations.createEditSession();
      session.addOrderExternalData('k', datum, now);
      operations.submitChanges(session);
    })).toBe('done');
    expect(restaurant.order(order.id)?.externalData.get('k')).toEqual(datum);
    expect(await throwing(({ operations, order: now }) => operations.createEditSession().addOrderExternalData('k'.repeat(257), datum, now))).toBe('ConstraintViolationException');
    restaurant.setStatus(order.id, 'New');
    for (const [faults, kind] of [
      [{ permissionDenied: true }, 'PermissionDeniedException'],
      [{ licence: true }, 'InsufficientLicenseException'],
      [{ entityInUse: 1 }, 'EntityAlreadyInUseException'],
      [{ wrongRevision: 1 }, 'EntityModifiedException'],
      [{ hostError: 1 }, 'InvalidOperationException'],
      [{ closedMeanwhile: 1 }, 'EntityModifiedException'],
    ] as const) {
      Object.assign(restaurant.faults, noFrontFaults(), faults);
      expect(await throwing(put('1')), kind).toBe(kind);
    }
    expect(restaurant.order(order.id)?.status).toBe('Closed');
    expect(restaurant.changes.filter(({ kind }) => kind === 'discountCard')).toHaveLength(2);
    expect(takeFault(restaurant.faults, 'hostError')).toBe(false);
  });

  it('nothing outlives its callback', async () => {
    const order = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: order.id });
    let kept: CurrentOrderEdit | undefined;
    await edit((given) => void (kept = given));
    const session = kept!.operations.createEditSession();
    session.changeCoupons(['C'], kept!.order);
    expect(() => kept!.operations.submitChanges(session)).toThrow('not valid any more');
    expect(restaurant.changes).toEqual([]);
  });
});

describe('guests', () => {
  it('reach the directory later, are bound without a discount, and a card is taken once', async () => {
    restaurant.registerGuest(GUEST);
    const order = restaurant.openOrder();
    expect(context.operations.tryGetClientByPhone('8 (999) 000-11-22'.replace('8', '7'))).toBeUndefined();
    await clock.advance(300_000);
    const guest = context.operations.tryGetClientByPhone('79990001122')!;
    expect(context.operations.tryGetClientByCardNumber(GUEST.cardNumber)).toEqual(guest);
    expect(context.operations.addClientToOrder(order, guest)).toBe(true);
    const now = restaurant.order(order.id)!;
    expect(now).toMatchObject({ customerIds: [guest.id], discounts: [] });
    expect(context.operations.addClientToOrder(now, guest)).toBe(false);
    expect(() => context.operations.createClient({ id: 'x', name: 'x', phones: [], cardNumber: GUEST.cardNumber })).toThrow(GUEST.id);
    expect(() => context.operations.createClient({ id: 'x', name: 'x', phones: [], cardNumber: undefined })).toThrow('needs');
    restaurant.faults.directoryStale = true;
    expect(context.operations.tryGetClientByPhone('79990001122')).toBeUndefined();
  });

  it('V8 knows no guest by card, and one coupon', () => {
    start('V8');
    const order = restaurant.openOrder();
    expect(() => context.operations.tryGetClientByCardNumber('1')).toThrow('TryGetClientByCardNumber');
    expect(() => context.operations.changeCoupons(context.operations.createEditSession(), ['1', '2'], order)).toThrow('Coupons');
  });

  it('the POS server puts a guest on an open order, or only says so', () => {
    restaurant.registerGuest(GUEST);
    const order = restaurant.openOrder();
    restaurant.faults.authorizeIgnored = true;
    expect(restaurant.authorize(order.id, '79990001122', 1)).toBe('authorized');
    expect(restaurant.order(order.id)?.customerIds).toEqual([]);
    restaurant.faults.authorizeIgnored = false;
    for (const [credential, scope] of [['79990001122', 1], [GUEST.cardNumber, 2], [GUEST.cardTrack, 4]] as const) expect(restaurant.authorize(order.id, credential, scope)).toBe('authorized');
    expect(restaurant.order(order.id)?.customerIds).toEqual([GUEST.id]);
    expect(restaurant.authorize(order.id, GUEST.cardTrack, 2)).toBe('guestNotFound');
    restaurant.setStatus(order.id, 'Closed');
    expect(restaurant.authorize(order.id, GUEST.cardTrack, 4)).toBe('orderNotFound');
  });
});

describe('the host of a plugin', () => {
  const crashing = (): FrontPlugin => ({
    barcodeScanned: () => {
      throw new Error('boom');
    },
    cardSlided: () => false,
    dispose: () => undefined,
  });

  it('the fifth crash in an hour disables it', async () => {
    start();
    const host = terminal.load(crashing);
    await terminal.show({ kind: 'orderEdit', order: restaurant.openOrder().id });
    terminal.devices.set('usb', 'scanner');
    for (let crash = 1; crash <= 5; crash += 1) {
      await terminal.read('usb', '98');
      expect(host.status).toBe(crash < 5 ? 'restarting' : 'disabled');
      await clock.advance(20_000);
    }
    expect(host.crashes).toHaveLength(5);
    await clock.advance(3_600_000);
    expect(host.status).toBe('disabled');
  });

  it('four in an hour and one later do not', async () => {
    const host = terminal.load(crashing);
    await terminal.show({ kind: 'orderEdit', order: restaurant.openOrder().id });
    terminal.devices.set('usb', 'scanner');
    for (const pause of [1000, 1000, 1000, 3_600_000, 1000]) {
      await terminal.read('usb', '98');
      await clock.advance(pause);
    }
    expect([host.crashes.length, host.status]).toEqual([5, 'running']);
  });

  it('without RestartOnCrash only one that ran ten seconds is started again; a constructor that throws is a crash', async () => {
    const host = terminal.load(() => {
      throw new Error('no daemon');
    }, {});
    expect([host.crashes.length, host.status]).toEqual([1, 'stopped']);
    const late = terminal.load(crashing, {});
    await terminal.show({ kind: 'orderEdit', order: restaurant.openOrder().id });
    terminal.devices.set('usb', 'scanner');
    await clock.advance(10_000);
    await terminal.read('usb', '98');
    expect(late.status).toBe('restarting');
  });

  it('an exception in a watcher, or on a thread of its own, is one too; a dead plugin edits nothing', async () => {
    let given: FrontPluginContext | undefined;
    const host = terminal.load((fresh) => {
      given ??= fresh;
      if (given === fresh) fresh.onScreenChanged(() => { throw new Error('boom'); });
      return crashing();
    });
    const order = restaurant.openOrder();
    await terminal.show({ kind: 'orderEdit', order: order.id });
    expect(host.crashes).toHaveLength(1);
    let ran = false;
    await expect(given!.tryEditCurrentOrder(() => void (ran = true))).rejects.toThrow('gone');
    expect(ran).toBe(false);
    given!.unhandled(new Error('late'));
    expect(host.crashes).toHaveLength(1);
    await terminal.close();
    expect(host.status).toBe('stopped');
  });

  it('a handler that keeps the cashier waiting is counted', async () => {
    await terminal.show({ kind: 'orderEdit', order: restaurant.openOrder().id });
    terminal.devices.set('usb', 'scanner');
    says = async () => {
      await new Promise<void>((resolve) => clock.timer(3001, resolve));
      return true;
    };
    const read = terminal.read('usb', '98');
    await clock.advance(3001);
    expect([(await read).takenBy, terminal.overruns]).toEqual(['plugin', 1]);
  });
});
