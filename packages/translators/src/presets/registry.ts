import type { PlatformInput } from '../http/definition.js';
import { preset as aliasJson } from './alias-json.js';
import { preset as artixOnline } from './artix-online.js';
import { preset as bonusplus } from './bonusplus.js';
import { presetApiLogin as iikoCloudLogin, preset as iikoCloud } from './iiko-cloud.js';
import { preset as iikocardPos } from './iikocard-pos.js';
import { preset as incust } from './incust.js';
import { preset as koshelekPartner } from './koshelek-partner.js';
import { preset as loyalclient } from './loyalclient.js';
import { preset as loymaxQr } from './loymax-qr.js';
import { preset as manzana } from './manzana.js';
import { preset as maxma } from './maxma.js';
import { preset as mindboxV21 } from './mindbox-v21.js';
import { preset as mindboxV3Card } from './mindbox-v3-card.js';
import { preset as mindboxV3Customer } from './mindbox-v3-customer.js';
import { preset as osmiPass } from './osmi-pass.js';
import { preset as premiumbonus } from './premiumbonus.js';
import { preset as rarusLms } from './rarus-lms.js';
import { preset as rarusV1 } from './rarus-v1.js';
import { preset as rkeeperCrm } from './rkeeper-crm.js';
import { preset as sailplay } from './sailplay.js';
import { preset as uds } from './uds.js';
import { preset as universal } from './universal.js';

/**
 * The presets by id, in the order of the alphabet, one line each. Data alone: nothing of the engine is loaded with them, and a configuration
 * can be checked against them without waiting.
 */
const PRESETS: Readonly<Record<string, PlatformInput>> = {
  'alias-json': aliasJson,
  'artix-online': artixOnline,
  bonusplus,
  'iiko-cloud-login': iikoCloudLogin,
  'iiko-cloud': iikoCloud,
  'iikocard-pos': iikocardPos,
  incust,
  'koshelek-partner': koshelekPartner,
  loyalclient,
  'loymax-qr': loymaxQr,
  manzana,
  maxma,
  'mindbox-v21': mindboxV21,
  'mindbox-v3-card': mindboxV3Card,
  'mindbox-v3-customer': mindboxV3Customer,
  'osmi-pass': osmiPass,
  premiumbonus,
  'rarus-lms': rarusLms,
  'rarus-v1': rarusV1,
  'rkeeper-crm': rkeeperCrm,
  sailplay,
  uds,
  universal,
};

export const PRESET_IDS: readonly string[] = Object.keys(PRESETS);

/** @returns undefined where there is no such preset */
export function presetOf(id: string): PlatformInput | undefined {
  return Object.hasOwn(PRESETS, id) ? PRESETS[id] : undefined;
}
