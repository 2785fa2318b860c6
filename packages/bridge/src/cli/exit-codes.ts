import type { ErrorCode } from '@tillbridge/core';

/** Devices and system parts that a command needs and that are not there. */
const MISSING_PARTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['TB_READER_NFC_NO_SERVICE', 'TB_READER_NFC_NO_READER', 'TB_READER_NFC_DRIVER', 'TB_READER_NFC_NO_SLOT', 'TB_SERVICE_NO_MANAGER', 'TB_SERVICE_NO_HOST']);

/** 0 done, 1 failed, 2 wrong usage or invalid configuration, 3 no daemon running or it refused, 4 a device or system part is missing. */
export function exitCodeOf(code: ErrorCode, otherwise = 1): number {
  if (code === 'TB_API_NO_DAEMON' || code === 'TB_API_TIMEOUT' || code === 'TB_API_HUNG_UP') return 3;
  if (code === 'TB_CONFIG_EXISTS' || code === 'TB_API_CLIENT_UNKNOWN') return 1;
  if (code.startsWith('TB_CONFIG_') || code === 'TB_READER_MOBILE_CONFIRM' || code === 'TB_SCAN_EMPTY' || code === 'TB_SCAN_BAD_HEX' || code === 'TB_SCAN_TOO_LONG') return 2;
  if (code.startsWith('TB_NATIVE_') || MISSING_PARTS.has(code)) return 4;
  return otherwise;
}
