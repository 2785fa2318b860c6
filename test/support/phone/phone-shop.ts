import type { Paired, TillConnection } from '@tillbridge/phone-link';
import { TestShop } from '../shop.js';
import { NodePhone, readUrl } from './node-phone.js';

/** An open pairing. */
export interface Offer {
  readonly id: string;
  readonly url: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** Where phones can connect to: the page with TLS and without. */
export interface Place {
  readonly secure: string;
  readonly plain: string;
}

export interface PairedPhone {
  readonly phone: NodePhone;
  readonly paired: Paired;
  readonly till: TillConnection;
}

/** A machine may be busy. */
export const signal = (): AbortSignal => AbortSignal.timeout(45_000);

/** A shop with two tills whose only reader are phones, on loopback and free ports. */
export class PhoneShop extends TestShop {
  constructor() {
    super();
    this.writeConfig({ readers: [this.waiter()], tills: [this.till('front'), this.till('bar')] });
  }

  waiter(more: object = {}): object {
    return { id: 'waiter', type: 'mobile', host: '127.0.0.1', port: 0, httpPort: 0, tills: ['front', 'bar'], ...more };
  }

  async offer(wish: object = {}): Promise<Offer> {
    const { status, body } = await this.call('POST', '/v1/phones/pair', wish);
    if (status !== 200) throw new Error(`no pairing: ${JSON.stringify(body)}`);
    return body as unknown as Offer;
  }

  async place(): Promise<Place> {
    const { body } = await this.call('GET', '/v1/daemon');
    return (body['phones'] as { places: [Place] }).places[0];
  }

  async pairPhone(wish: object = {}, name = 'Anna'): Promise<PairedPhone> {
    const { url } = await this.offer(wish);
    const { origin, fragment } = readUrl(url);
    const phone = new NodePhone(origin);
    const paired = await phone.client.pair(fragment, { name, model: 'Pixel 8' }, signal());
    return { phone, paired, till: paired.connection };
  }

  async phones(): Promise<readonly Record<string, unknown>[]> {
    return (await this.call('GET', '/v1/phones')).body['phones'] as readonly Record<string, unknown>[];
  }
}
