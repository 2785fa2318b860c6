import type { Voucher } from '../certificate/keeper.js';

/** What `GET /place.json` tells the page about where it is: nothing secret, nothing about phones. */
export interface SitePlace {
  readonly v: 1;
  /** The same page with a camera: `https://192.168.1.10:48443`, of the address that the page was asked at. */
  readonly secure: string;
  /** The same page without one, where photos work: `http://192.168.1.10:48080`; null where it is off. */
  readonly plain: string | null;
  /** Who vouches for the certificate: `self` (the browser warns), `authority` (this store's own), `own` (the store's from elsewhere). */
  readonly voucher: Voucher;
  /** Whether `/ca.crt`, `/ca.mobileconfig` and their step-by-step page `/trust` are there. */
  readonly trust: boolean;
  /** Whether `/sw.js` and the icon for the home screen are worth offering: only where browsers can trust the certificate. */
  readonly worker: boolean;
}
