import type { PlatformInput } from '../http/definition.js';

type Load = () => Promise<PlatformInput>;

/** The presets by id, each loaded when it is asked for: a daemon needs one of them, or none. In the order of the alphabet, one line each. */
const LOADERS: Readonly<Record<string, Load>> = {
  'alias-json': async () => (await import('./alias-json.js')).preset,
  'artix-online': async () => (await import('./artix-online.js')).preset,
  bonusplus: async () => (await import('./bonusplus.js')).preset,
  'iiko-cloud-login': async () => (await import('./iiko-cloud.js')).presetApiLogin,
  'iiko-cloud': async () => (await import('./iiko-cloud.js')).preset,
  'iikocard-pos': async () => (await import('./iikocard-pos.js')).preset,
  incust: async () => (await import('./incust.js')).preset,
  'koshelek-partner': async () => (await import('./koshelek-partner.js')).preset,
  loyalclient: async () => (await import('./loyalclient.js')).preset,
  'loymax-qr': async () => (await import('./loymax-qr.js')).preset,
  manzana: async () => (await import('./manzana.js')).preset,
  maxma: async () => (await import('./maxma.js')).preset,
  'mindbox-v21': async () => (await import('./mindbox-v21.js')).preset,
  'mindbox-v3-card': async () => (await import('./mindbox-v3-card.js')).preset,
  'mindbox-v3-customer': async () => (await import('./mindbox-v3-customer.js')).preset,
  'osmi-pass': async () => (await import('./osmi-pass.js')).preset,
  premiumbonus: async () => (await import('./premiumbonus.js')).preset,
  'rarus-lms': async () => (await import('./rarus-lms.js')).preset,
  'rarus-v1': async () => (await import('./rarus-v1.js')).preset,
  'rkeeper-crm': async () => (await import('./rkeeper-crm.js')).preset,
  sailplay: async () => (await import('./sailplay.js')).preset,
  uds: async () => (await import('./uds.js')).preset,
  universal: async () => (await import('./universal.js')).preset,
};

export const PRESET_IDS: readonly string[] = Object.keys(LOADERS);

/** @returns undefined where there is no such preset */
export async function loadPreset(id: string): Promise<PlatformInput | undefined> {
  return Object.hasOwn(LOADERS, id) ? LOADERS[id]?.() : undefined;
}
