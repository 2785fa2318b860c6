import { carriesGoods } from './check/routes.js';
import type { Config } from './schema.js';

export interface ResolvedRoute {
  readonly readers: readonly string[];
  readonly till: string;
  /** A till that can carry goods, or `none`. */
  readonly goods: string;
}

/** The routes with their defaults: every reader to the only till, and goods to the same till where it can carry them. */
export function resolveRoutes(config: Config): readonly ResolvedRoute[] {
  const adapters = new Map(config.tills.map((till) => [till.id, till.adapter]));
  const goodsOf = (till: string): string => (carriesGoods(adapters.get(till) ?? '') ? till : 'none');
  if (config.routes.length > 0) return config.routes.map((route) => ({ ...route, goods: route.goods ?? goodsOf(route.till) }));
  const only = config.tills[0];
  return only === undefined ? [] : [{ readers: config.readers.map((reader) => reader.id), till: only.id, goods: goodsOf(only.id) }];
}
