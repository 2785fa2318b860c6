import { randomUUID } from 'node:crypto';
import type { Clock } from '@tillbridge/core';
import { JsonServer, type JsonCall, type JsonReply } from '../http/index.js';
import { CommandQueue } from './commands.js';
import { awake, isAlive, organizations, sections, terminalGroups } from './directory.js';
import { noCloudFaults, type AccessGroup, type CloudFaults } from './faults.js';
import { ServerLimits } from './limits.js';
import { addCard, couponInfo, customerInfo } from './loyalty.js';
import { OrderDesk } from './orders.js';
import { Refused, refusal } from './reply.js';
import { RequestBody } from './request.js';
import { TokenDesk, type CloudLogins } from './tokens.js';
import { CloudWorld } from './world.js';

/** One request and what was answered, as it went over the wire when no fault falsified it. */
export interface CloudExchange {
  readonly path: string;
  readonly headers: JsonCall['headers'];
  readonly request: unknown;
  readonly status: number;
  readonly answer: unknown;
}

export interface CloudServerOptions {
  readonly clock: Clock;
  readonly world?: CloudWorld;
  readonly logins?: Partial<CloudLogins>;
  readonly faults?: CloudFaults;
  /** Sees every exchange: tests hold both sides to the published contract with it. */
  readonly observe?: (exchange: CloudExchange) => void;
  readonly host?: string;
  readonly port?: number;
}

const MOST_LOGGED = 10_000;
/** What the service waits for when the header `Timeout` does not say, in seconds. */
const DEFAULT_TIMEOUT_S = 15;

interface Operation {
  readonly group: AccessGroup;
  readonly run: (body: RequestBody) => JsonReply;
}

/** iikoCloud with one company: tokens, directories, guests, orders, commands, and what goes wrong with them. */
export class SimulatedIikoCloud {
  readonly world: CloudWorld;
  readonly faults: CloudFaults;
  readonly tokens: TokenDesk;
  /** Paths in the order of their arrival, the last 10,000. */
  readonly log: string[] = [];
  readonly #observe: (exchange: CloudExchange) => void;
  readonly #limits: ServerLimits;
  readonly #operations: ReadonlyMap<string, Operation>;
  #server: JsonServer | undefined;

  private constructor({ clock, world = new CloudWorld(), faults = noCloudFaults(), logins, observe = () => undefined }: CloudServerOptions) {
    this.world = world;
    this.faults = faults;
    this.tokens = new TokenDesk({ apiLogin: 'api-login', appId: randomUUID(), clientSecret: 'client-secret', apiKey: 'api-key', ...logins }, clock);
    this.#observe = observe;
    this.#limits = new ServerLimits(clock);
    this.#operations = operationsOf(world, new OrderDesk(world, faults, new CommandQueue(clock, faults)));
  }

  static async start(options: CloudServerOptions): Promise<SimulatedIikoCloud> {
    const cloud = new SimulatedIikoCloud(options);
    const { clock, host, port } = options;
    cloud.#server = await JsonServer.start({
      ...{ clock, faults: cloud.faults, handle: (call) => cloud.#answer(call), late },
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
    });
    return cloud;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  /** Requests that are kept waiting on purpose. */
  get holding(): number {
    return this.#server?.holding ?? 0;
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  #answer(call: JsonCall): JsonReply {
    this.log.push(call.path);
    if (this.log.length > MOST_LOGGED) this.log.shift();
    const reply = this.#reply(call);
    this.#observe({ path: call.path, headers: call.headers, request: call.body, status: reply.status, answer: reply.body });
    return reply;
  }

  #reply(call: JsonCall): JsonReply {
    const { faults, tokens } = this;
    if (call.method !== 'POST') return refusal(400, 'Validation_Common', 'Only POST.');
    if (spend(faults, 'limited') || (faults.limits && !this.#limits.allows(call.path))) return this.#tooMany();
    try {
      if (call.path === '/api/1/access_token') return tokens.v1(new RequestBody(call.body));
      if (call.path === '/api/v2/access_token') return tokens.v2(new RequestBody(call.body));
      const operation = this.#operations.get(call.path);
      if (operation === undefined) return { status: 404, body: undefined };
      if (spend(faults, 'voidTokens')) tokens.voidAll();
      if (!tokens.accepts(call)) return refusal(401, 'Auth_TokenExpired', 'Token is not valid.');
      if (faults.lacks.has(operation.group)) return refusal(401, 'Auth_NoAccess', `Api login has no access to ${operation.group}.`);
      return operation.run(new RequestBody(call.body));
    } catch (error) {
      if (error instanceof Refused) return error.reply;
      throw error;
    }
  }

  /** The contract does not declare it; its body was never seen. */
  #tooMany(): JsonReply {
    const { retryAfterS } = this.faults;
    return { status: 429, body: undefined, ...(retryAfterS === undefined ? {} : { headers: { 'retry-after': String(retryAfterS) } }) };
  }
}

function operationsOf(world: CloudWorld, orders: OrderDesk): ReadonlyMap<string, Operation> {
  const operation = (group: AccessGroup, run: (body: RequestBody) => JsonReply): Operation => ({ group, run });
  return new Map([
    ['/api/1/organizations', operation('Data: dictionaries', (body) => organizations(world, body))],
    ['/api/1/terminal_groups', operation('Data: dictionaries', (body) => terminalGroups(world, body))],
    ['/api/1/terminal_groups/is_alive', operation('POS: availability', (body) => isAlive(world, body))],
    ['/api/1/terminal_groups/awake', operation('Organizations: settings', (body) => awake(world, body))],
    ['/api/1/reserve/available_restaurant_sections', operation('Orders: preparing', (body) => sections(world, body))],
    ['/api/1/order/by_id', operation('Orders: receiving', (body) => orders.byId(body))],
    ['/api/1/order/by_table', operation('Orders: receiving', (body) => orders.byTable(body))],
    ['/api/1/order/init_by_table', operation('Orders: loading data', (body) => orders.initByTable(body))],
    ['/api/1/order/init_by_posOrder', operation('Orders: loading data', (body) => orders.initByPosOrder(body))],
    ['/api/1/order/add_customer', operation('Orders: changing', (body) => orders.addCustomer(body))],
    ['/api/1/order/change_external_data', operation('Orders: changing', (body) => orders.changeExternalData(body))],
    ['/api/1/commands/status', operation('Commands', (body) => orders.status(body))],
    ['/api/1/loyalty/iiko/customer/info', operation('Guests: info', (body) => customerInfo(world, body))],
    ['/api/1/loyalty/iiko/customer/card/add', operation('Guests: changing', (body) => addCard(world, body))],
    ['/api/1/loyalty/iiko/coupons/info', operation('Loyalty: coupons', (body) => couponInfo(world, body))],
  ]);
}

/** 408 after the time that the header `Timeout` names. */
function late({ headers }: JsonCall): { readonly afterMs: number; readonly reply: JsonReply } {
  const seconds = Number(headers['timeout'] ?? DEFAULT_TIMEOUT_S);
  return { afterMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_TIMEOUT_S) * 1000, reply: refusal(408, 'Timeout', 'The operation takes too long.') };
}

function spend(faults: CloudFaults, key: 'limited' | 'voidTokens'): boolean {
  if (faults[key] <= 0) return false;
  faults[key] -= 1;
  return true;
}
