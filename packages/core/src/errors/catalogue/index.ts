import { apiErrors } from './api.js';
import { apiClientErrors } from './api-client.js';
import { apiProcessErrors } from './api-process.js';
import { apiStationErrors } from './api-stations.js';
import { benchErrors } from './bench.js';
import { configErrors } from './config.js';
import { consoleErrors } from './console.js';
import { deskErrors } from './desk.js';
import { journalErrors } from './journal.js';
import { nativeErrors } from './native.js';
import { readerErrors } from './reader.js';
import { readerKeyboardErrors } from './reader-keyboard.js';
import { readerKeyboardWindowsErrors } from './reader-keyboard-windows.js';
import { readerHidErrors } from './reader-hid.js';
import { readerMobileErrors } from './reader-mobile.js';
import { readerNfcErrors } from './reader-nfc.js';
import { readerNfcCardErrors } from './reader-nfc-card.js';
import { readerUsbErrors } from './reader-usb.js';
import { receiptErrors } from './receipts.js';
import { pluginErrors } from './plugin.js';
import { scanErrors } from './scan.js';
import { serviceErrors } from './service.js';
import { onecErrors } from './till-1c.js';
import { tillAgentErrors } from './till-agent.js';
import { iikoErrors } from './till-iiko.js';
import { iikoServerErrors } from './till-iiko-servers.js';
import { keyboardTillErrors } from './till-keyboard.js';
import { rkeeperErrors } from './till-rkeeper.js';
import { tillErrors } from './till.js';
import { translateErrors } from './translate.js';
import { translatePlatformErrors } from './translate-platform.js';
import { translateSyncErrors } from './translate-sync.js';
import { translateHttpErrors } from './translate-http.js';

/** Every error of the product, by code. Codes are `TB_<AREA>_<NAME>`; the areas are the files of this folder. */
// made in a call that is marked as pure: bundlers keep a spread, whether it is used or not
export const CATALOGUE = /* @__PURE__ */ (() => ({
  ...configErrors,
  ...readerErrors,
  ...readerKeyboardErrors,
  ...readerKeyboardWindowsErrors,
  ...readerHidErrors,
  ...readerMobileErrors,
  ...readerNfcErrors,
  ...readerNfcCardErrors,
  ...readerUsbErrors,
  ...scanErrors,
  ...translateErrors,
  ...translateSyncErrors,
  ...translateHttpErrors,
  ...translatePlatformErrors,
  ...tillErrors,
  ...iikoErrors,
  ...iikoServerErrors,
  ...keyboardTillErrors,
  ...rkeeperErrors,
  ...onecErrors,
  ...tillAgentErrors,
  ...apiErrors,
  ...apiClientErrors,
  ...apiStationErrors,
  ...apiProcessErrors,
  ...journalErrors,
  ...receiptErrors,
  ...nativeErrors,
  ...pluginErrors,
  ...serviceErrors,
  ...deskErrors,
  ...consoleErrors,
  ...benchErrors,
} as const))();

export type ErrorCode = keyof typeof CATALOGUE;

export const ERROR_CODES = /* @__PURE__ */ Object.keys(CATALOGUE) as ErrorCode[];
