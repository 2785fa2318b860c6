import type { PluginHost } from './plugin-host.js';
import type { FrontPlugin, ScanEvent } from './plugin.js';
import { recogniseBarcode, recogniseCard, type Recognised } from './recognise.js';
import type { FrontReaderType } from './device-classifier.js';
import type { FrontTerminal } from './terminal.js';
import { tracksOf, wrapped } from './wrapping.js';

/** What became of one read. */
export interface FrontRead {
  readonly branch: FrontReaderType;
  /** `nobody`: the cashier got the standard message. */
  readonly takenBy: Recognised['as'] | 'dialog' | 'plugin' | 'nobody';
  /** The cashier was told so. */
  readonly text?: string;
}

/** Texts of iikoFront 9 (front.api.sdk issue 588). */
export const UNKNOWN_CODE = 'Введенный код или трек не принадлежит карте гостя или не является штрих-кодом позиции.';

/** One read: plugins of V10 first, then the branch of its reader: iikoFront itself, the plugins, and the standard message. */
export async function dealWithRead(terminal: FrontTerminal, reader: string, data: string): Promise<FrontRead> {
  const branch = terminal.devices.branchOf(reader, data);
  const tracks = tracksOf(data, terminal.wrapping);
  const payload = branch === 'card' ? tracksOf(data, { ...terminal.wrapping, wrap: 'none' }).track2 : data.replace(/[\r\n\t]+$/, '');
  // as in front.api.sdk issue 588: filled first and third fields are a scanner's data
  terminal.logDevice(branch === 'card' ? `Card slided 1:${tracks.track1}, 2:${payload}, 3:${tracks.track3}` : `Card slided 1:<barcode class="Resto.Front.Devices.KeyboardDriver"/>, 2:${payload}, 3:barcode`);
  if (terminal.api === 'V10') {
    const device = branch === 'card' ? 'Msr' : 'Scanner';
    // not on an order, so nothing is held
    if (await anyOf(terminal.plugins, (plugin) => plugin.cardScanned?.({ data: payload, device }) ?? false)) return { branch, takenBy: 'plugin' };
  }
  const { screen } = terminal;
  const recognised = branch === 'card' ? recogniseCard(payload, terminal.restaurant) : recogniseBarcode(payload, terminal.restaurant);
  if (recognised?.as === 'kitchen') return { branch, takenBy: 'kitchen' };
  if (screen.kind === 'dialog') return dialogTakes(screen.accepts, branch) ? { branch, takenBy: 'dialog' } : { branch, takenBy: 'nobody' };
  if (screen.kind !== 'orderEdit') return { branch, takenBy: 'nobody' };
  if (recognised !== undefined) {
    takeNatively(terminal, screen.order, recognised);
    return { branch, takenBy: recognised.as };
  }
  if (branch === 'scanner') terminal.logDevice(`No product have container with barcode = ${payload}`);
  const taken = await anyOf(terminal.plugins, (plugin) =>
    terminal.handle((valid) => {
      const operations = terminal.localOperations(screen.order, valid);
      const event: ScanEvent = { order: operations.getOrderById(screen.order), operations };
      return branch === 'card' ? plugin.cardSlided({ ...event, card: tracks }) : plugin.barcodeScanned({ ...event, barcode: wrapped(payload, terminal.wrapping) });
    }),
  );
  if (taken) {
    terminal.logDevice(`Processed ${payload} as a custom barcode`);
    return { branch, takenBy: 'plugin' };
  }
  terminal.addLine('warning', UNKNOWN_CODE);
  return { branch, takenBy: 'nobody', text: UNKNOWN_CODE };
}

async function anyOf(plugins: readonly PluginHost[], question: (plugin: FrontPlugin) => boolean | Promise<boolean>): Promise<boolean> {
  for (const plugin of plugins) if (await plugin.ask(question)) return true;
  return false;
}

/** Only the tab in front takes a read; the other kind does nothing (front.api.sdk issues 391, 556). */
function dialogTakes(accepts: 'barcode' | 'card' | 'both' | 'nothing', branch: FrontReaderType): boolean {
  return accepts === 'both' || accepts === (branch === 'card' ? 'card' : 'barcode');
}

function takeNatively({ restaurant, id }: FrontTerminal, order: string, recognised: Recognised): void {
  if (restaurant.order(order)?.status !== 'New') return;
  if (recognised.as === 'guest') {
    const { guest } = recognised;
    restaurant.edit(order, ({ customerIds }) => ({ customerIds: [...new Set([...customerIds, guest.id])] }), 'iikoFront', id);
  } else if (recognised.as === 'discountCard') {
    const { number, discountType, priceCategory } = recognised.card;
    restaurant.edit(order, ({ discounts }) => (discountType === undefined ? { priceCategory } : { discounts: [...discounts, { type: discountType.id, cardNumber: number }] }), 'iikoFront', id);
  }
}
