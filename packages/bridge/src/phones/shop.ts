import { hostname } from 'node:os';
import { resolveRoutes, type Config, type MobileReaderConfig } from '../config/index.js';

/** What phones are told of this machine, and where their scans may go. */
export interface Shop {
  readonly name: string;
  /** The first one is the default. */
  readonly tills: readonly string[];
  /** The till of the reader's route: goods of its scans may have a till of their own. */
  readonly routed: string | undefined;
}

export function shopOf(config: Config, reader: MobileReaderConfig): Shop {
  const routed = resolveRoutes(config).find(({ readers }) => readers.includes(reader.id))?.till;
  const name = [config.store, config.machine ?? (config.store === undefined ? hostname() : undefined)].filter((part) => part !== undefined).join(', ');
  return { name, tills: reader.tills ?? (routed === undefined ? [] : [routed]), routed };
}
