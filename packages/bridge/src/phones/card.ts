import { MAX_NAME, type PhoneRecord, type TillCard } from '@tillbridge/phone-link';
import type { Shop } from './shop.js';

/** The till that a scan is for; undefined: the phone named one that it may not choose. */
export function tillFor(shop: Shop, phone: PhoneRecord, named: string | undefined): string | undefined {
  if (named !== undefined) return shop.tills.includes(named) ? named : undefined;
  return phone.till !== undefined && shop.tills.includes(phone.till) ? phone.till : shop.tills[0];
}

export function cardFor(shop: Shop, phone: PhoneRecord): TillCard {
  const till = tillFor(shop, phone, undefined);
  return { name: shop.name.slice(0, MAX_NAME), tills: shop.tills.map((id) => ({ id, name: id })), formats: [], ...(till === undefined ? {} : { till }) };
}
