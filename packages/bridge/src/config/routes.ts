import { carriesGoods } from './check/routes.js';
import type { Config } from './schema.js';

export interface ResolvedRoute {
  readonly readers: readonly string[];
  readonly till: string;
  /** A till that can carry goods, or `none`. */
  readonly goods: string;
}

/** The routes with their defaults: a reader of type `till` to its till, every other to the only till, and goods to the same till where it can carry them. */
export function resolveRoutes(config: Config): readonly ResolvedRoute[] {
  const tills = new Map(config.tills.map((till) => [till.id, till]));
  const goodsOf = (id: string): string => {
    const till = tills.get(id);
    return carriesGoods(till?.adapter, till !== undefined && 'transport' in till ? till.transport : undefined) ? id : 'none';
  };
  const routed = new Set(config.routes.flatMap((route) => route.readers));
  const own = config.readers.flatMap((reader) => {
    const till = ownTill(reader);
    return till === undefined || routed.has(reader.id) ? [] : [{ readers: [reader.id], till, goods: goodsOf(till) }];
  });
  if (config.routes.length > 0) return [...config.routes.map((route) => ({ ...route, goods: route.goods ?? goodsOf(route.till) })), ...own];
  const only = config.tills[0];
  const others = config.readers.filter((reader) => ownTill(reader) === undefined).map((reader) => reader.id);
  return only === undefined || others.length === 0 ? own : [{ readers: others, till: only.id, goods: goodsOf(only.id) }, ...own];
}

/** The till that a reader names itself: a cashier program's own, or the first that its phones may choose. */
function ownTill(reader: Config['readers'][number]): string | undefined {
  return reader.type === 'till' ? reader.till : reader.type === 'mobile' ? reader.tills?.[0] : undefined;
}
