import type { LimitGroup } from './limits.js';

/** Access groups of the operations that we use; each login of iikoCloud can lack some. */
export type AccessGroup = 'Data: dictionaries' | 'Orders: receiving' | 'Orders: loading data' | 'Orders: changing' | 'Commands' | 'Guests: info' | 'Loyalty: coupons' | 'POS: availability';

export interface CloudOperation {
  readonly path: string;
  readonly limit: LimitGroup;
  readonly right: AccessGroup;
}

/** Paths and access groups as the published OpenAPI document of iikoCloud has them. All are POST. */
export const OPERATIONS = {
  organizations: { path: '/api/1/organizations', limit: 'directory', right: 'Data: dictionaries' },
  terminalGroups: { path: '/api/1/terminal_groups', limit: 'directory', right: 'Data: dictionaries' },
  isAlive: { path: '/api/1/terminal_groups/is_alive', limit: 'directory', right: 'POS: availability' },
  customerInfo: { path: '/api/1/loyalty/iiko/customer/info', limit: 'customerInfo', right: 'Guests: info' },
  couponInfo: { path: '/api/1/loyalty/iiko/coupons/info', limit: 'coupons', right: 'Loyalty: coupons' },
  orderById: { path: '/api/1/order/by_id', limit: 'orders', right: 'Orders: receiving' },
  orderByTable: { path: '/api/1/order/by_table', limit: 'orders', right: 'Orders: receiving' },
  initByTable: { path: '/api/1/order/init_by_table', limit: 'orders', right: 'Orders: loading data' },
  initByPosOrder: { path: '/api/1/order/init_by_posOrder', limit: 'orders', right: 'Orders: loading data' },
  addCustomer: { path: '/api/1/order/add_customer', limit: 'changes', right: 'Orders: changing' },
  changeExternalData: { path: '/api/1/order/change_external_data', limit: 'changes', right: 'Orders: changing' },
  commandStatus: { path: '/api/1/commands/status', limit: 'status', right: 'Commands' },
} as const satisfies Readonly<Record<string, CloudOperation>>;

export type CloudOperationName = keyof typeof OPERATIONS;

/** Both give tokens of one hour. The contract calls the first one deprecated. */
export const TOKEN_PATHS = { v1: '/api/1/access_token', v2: '/api/v2/access_token' } as const;
