import { VirtualClock } from '../../../virtual-clock.js';
import { TEN_PERCENT } from '../../front/books.js';
import type { OrderView } from '../../front/orders.js';
import { FrontRestaurant } from '../../front/restaurant.js';
import { FrontTerminal } from '../../front/terminal.js';
import type { CallName } from '../link.js';
import { PluginModel } from '../plugin-model.js';
import type { Done, OrderAction } from '../wire.js';
import { ScriptedDaemon } from './scripted-daemon.js';

/** What a test leaves to its bench. */
type Filled = 'id' | 'expiresInMs' | 'place' | 'orderId' | 'screenSeq';

/** An action as a test gives it: what is not named gets its usual value. */
export type Given = OrderAction extends infer A ? (A extends OrderAction ? Omit<A, Filled> & Partial<Pick<A, Filled>> : never) : never;

/** Throws where a message is not what the contract says. */
export interface ContractCheck {
  request(call: CallName, body: unknown): void;
  action(action: OrderAction): void;
}

/** A terminal with an order on its screen, the plugin in it, and a daemon that does as it is told. */
export class PluginBench {
  readonly clock = new VirtualClock();
  readonly restaurant = new FrontRestaurant({ clock: this.clock });
  readonly terminal: FrontTerminal;
  readonly daemon: ScriptedDaemon;
  readonly model: PluginModel;
  readonly order: OrderView;
  readonly #check: ContractCheck | undefined;
  #ids = 0;

  private constructor(api: 'V8' | 'V9' | 'V10', check: ContractCheck | undefined) {
    const { clock, restaurant } = this;
    const daemon = new ScriptedDaemon((name, body) => check?.request(name, body));
    this.daemon = daemon;
    this.#check = check;
    this.terminal = new FrontTerminal({ clock, restaurant, id: 'CASH-1', name: 'Касса 1', api });
    let model: PluginModel | undefined;
    this.terminal.load((context) => (model = new PluginModel(context, { clock, link: daemon, random: () => 1 })));
    if (model === undefined) throw new Error('the plugin was not loaded');
    this.model = model;
    this.order = restaurant.openOrder();
  }

  static async start(api: 'V8' | 'V9' | 'V10' = 'V9', check?: ContractCheck): Promise<PluginBench> {
    const bench = new PluginBench(api, check);
    await bench.terminal.show({ kind: 'orderEdit', order: bench.order.id });
    await bench.clock.settle();
    return bench;
  }

  action(given: Given): OrderAction {
    this.#ids += 1;
    return { id: `a${String(this.#ids)}`, expiresInMs: 10_000, place: 'screen', orderId: this.order.id, screenSeq: 1, ...given };
  }

  async carriedOut(given: Given): Promise<Done | undefined> {
    const made = this.action(given);
    this.#check?.action(made);
    this.daemon.give(made);
    await this.clock.advance(0);
    return this.daemon.results.get(made.id);
  }

  addCard(number: string, discountType: typeof TEN_PERCENT | undefined = TEN_PERCENT, priceCategory?: string): void {
    this.restaurant.discountCards.set(number, { number, owner: '', discountType, priceCategory });
  }
}

export const card = (number: string): Given => ({ kind: 'applyDiscountCard', number });
