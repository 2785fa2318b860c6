import { TillbridgeError, type Reader } from '@tillbridge/core';
import { createMobileReader, type PhoneHost } from '@tillbridge/readers/mobile';
import type { MobileReaderConfig } from '../config/index.js';
import type { PartContext } from './parts.js';

/** The paired phones as a reader; commands that only look get one that cannot be opened. */
export async function mobileReader(config: MobileReaderConfig, { phones, clock, log }: PartContext): Promise<Reader> {
  const host: PhoneHost = phones === undefined ? NOBODY : (await phones.service.desk()).hostFor(config, () => phones.shop(config));
  return createMobileReader({ id: config.id, place: `${config.host}:${config.port}` }, { host, clock, log });
}

const NOBODY: PhoneHost = { connect: () => Promise.reject(new TillbridgeError('TB_READER_MOBILE_OFF')) };
