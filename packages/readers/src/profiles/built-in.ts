import accessIs from './data/access-is.json' with { type: 'json' };
import atol from './data/atol.json' with { type: 'json' };
import bitbook from './data/bitbook.json' with { type: 'json' };
import datalogic from './data/datalogic.json' with { type: 'json' };
import hhp from './data/hhp.json' with { type: 'json' };
import honeywell from './data/honeywell.json' with { type: 'json' };
import mertech from './data/mertech.json' with { type: 'json' };
import mindeo from './data/mindeo.json' with { type: 'json' };
import newland from './data/newland.json' with { type: 'json' };
import opticon from './data/opticon.json' with { type: 'json' };
import tera from './data/tera.json' with { type: 'json' };
import vmc from './data/vmc.json' with { type: 'json' };
import youjie from './data/youjie.json' with { type: 'json' };
import zebra from './data/zebra.json' with { type: 'json' };
import type { DeviceProfile } from './schema.js';

/**
 * Every profile that ships with the product. Each file of `data/` is one vendor. A test holds them against the schema: where they are read,
 * neither the schema nor what it is written with is loaded.
 */
export function builtInProfiles(): readonly DeviceProfile[] {
  const files: readonly { readonly profiles: readonly unknown[] }[] = [accessIs, atol, bitbook, datalogic, hhp, honeywell, mertech, mindeo, newland, opticon, tera, vmc, youjie, zebra];
  return files.flatMap(({ profiles }) => profiles as readonly DeviceProfile[]);
}
