import type { Clock } from '@tillbridge/core';
import { noPlatformFaults, startPlatform, type PlatformSimulator, type SimulatedPreset } from '@tillbridge/testkit/platform';
import type { HostPort } from '../../config/host-port.js';
import type { ControlRoute } from './control-server.js';
import { bodies } from './platform-bodies.js';
import { bodyAs, wrong } from './rkeeper-bodies.js';

export interface PlatformSimulatorOptions {
  readonly preset: SimulatedPreset;
  readonly address: HostPort;
  readonly tls: boolean;
}

/** A loyalty platform with a control address: the state behind `tillbridge sim platform`. */
export class PlatformControl {
  readonly #platform: PlatformSimulator;

  private constructor(platform: PlatformSimulator) {
    this.#platform = platform;
  }

  /** @throws {TillbridgeError} `TB_CONFIG_USAGE` when it cannot listen there */
  static async start({ preset, address, tls }: PlatformSimulatorOptions, clock: Clock): Promise<PlatformControl> {
    return new PlatformControl(await startPlatform(preset, { clock, ...address, tls }));
  }

  get url(): string {
    return this.#platform.site.baseUrl;
  }

  get routes(): readonly ControlRoute[] {
    const { world } = this.#platform;
    return [
      { method: 'GET', path: '/state', handle: () => this.state() },
      { method: 'GET', path: '/log', handle: () => this.#log() },
      { method: 'GET', path: '/credits', handle: () => ({ credits: [...world.credits.values()] }) },
      { method: 'GET', path: '/messages', handle: () => ({ messages: this.#platform.messages }) },
      { method: 'GET', path: '/certificate', handle: () => ({ certificate: this.#platform.certificate?.cert ?? null }) },
      { method: 'PUT', path: '/guests', handle: (body) => this.#putGuest(body) },
      { method: 'DELETE', path: '/guests', handle: (body) => ({ removed: world.remove(bodyAs(bodies.guestName, body).id) }) },
      { method: 'PUT', path: '/coupons', handle: (body) => this.#putCoupon(body) },
      { method: 'DELETE', path: '/coupons', handle: (body) => ({ removed: world.coupons.delete(bodyAs(bodies.couponName, body).code) }) },
      { method: 'POST', path: '/codes', handle: (body) => this.#issue(body) },
      { method: 'POST', path: '/clock', handle: (body) => this.#advance(body) },
      { method: 'POST', path: '/expire-tokens', handle: () => this.#expire() },
      { method: 'PUT', path: '/faults', handle: (body) => this.#setFaults(body) },
    ];
  }

  state(): Record<string, unknown> {
    const { spec, site, world, faults, requests, holding } = this.#platform;
    return {
      preset: spec.preset,
      title: spec.title,
      ...site,
      time: world.now(),
      requests,
      holding,
      guests: world.guests,
      coupons: Object.fromEntries(world.coupons),
      codes: [...world.codes.values()],
      credits: world.credits.size,
      faults,
    };
  }

  close(): Promise<void> {
    return this.#platform.close();
  }

  /** Routes and statuses: what was asked for stands in none of it. */
  #log(): Record<string, unknown> {
    return { exchanges: this.#platform.exchanges.map(({ call, route, status }) => ({ method: call.method, route: route ?? null, status: status ?? null })) };
  }

  #putGuest(body: unknown): Record<string, unknown> {
    const { world } = this.#platform;
    world.put(bodyAs(bodies.guest, body));
    return { guests: world.guests.length };
  }

  #putCoupon(body: unknown): Record<string, unknown> {
    const { code, state } = bodyAs(bodies.coupon, body);
    const { coupons } = this.#platform.world;
    coupons.set(code, state);
    return { coupons: coupons.size };
  }

  #issue(body: unknown): Record<string, unknown> {
    const code = this.#platform.issueCode(bodyAs(bodies.code, body).guest);
    if (code === undefined) throw wrong('guest: there is none with this id, or this platform shows no codes');
    return { ...code };
  }

  #advance(body: unknown): Record<string, unknown> {
    const { world } = this.#platform;
    world.advance(bodyAs(bodies.clock, body).advanceMs);
    return { time: world.now() };
  }

  #expire(): Record<string, unknown> {
    this.#platform.expireTokens();
    return {};
  }

  #setFaults(body: unknown): Record<string, unknown> {
    const { faults } = this.#platform;
    Object.assign(faults, noPlatformFaults(), bodyAs(bodies.faults, body));
    return { faults };
  }
}
