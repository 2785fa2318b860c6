import { z } from 'zod';
import { BASES, TERMINATORS, TRIALS } from './names.js';
import { WALLET_SOURCES } from './wallet-sources.js';

const bothLanguages = { en: z.string().min(1).max(400), ru: z.string().min(1).max(400) };

/**
 * A reader that talks to Apple and Google Wallet by itself, with the keys in it, and hands over plain text: for us a scanner on a serial
 * port or a keyboard. Apart from the device profiles because their USB ids are not known, or are those of its PC/SC mode.
 */
export const walletReader = () => z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  name: z.string().min(1).max(160),
  wallets: z.array(z.enum(['appleVas', 'smartTap'])).min(1),
  interfaces: z.array(z.enum(['serial', 'keyboard'])).min(1),
  /** `serial`: what its line needs beside the defaults. */
  framing: z.strictObject({ suffix: z.array(z.enum(TERMINATORS)).min(1), baudRate: z.int() }).exactOptional(),
  /** The letter in front of a read, where the maker has fixed which one means what; empty where the integrator chooses. */
  typeLetters: z.record(z.string().regex(/^[A-Z0-9]$/), z.enum(WALLET_SOURCES)),
  setup: z.strictObject(bothLanguages),
  basis: z.enum(BASES),
  source: z.string().min(4).max(400),
  tested: z.array(z.enum(TRIALS)),
});
export type WalletReader = Readonly<z.output<ReturnType<typeof walletReader>>>;

