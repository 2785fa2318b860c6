import { isoTime } from '@tillbridge/core';
import type { PhonesSummary } from './phone-desk.js';
import { originOf } from './network/wanted.js';

/** How the phones are, for `status`: no names, no keys. */
export function phonesView(summary: PhonesSummary | undefined): Record<string, unknown> | undefined {
  if (summary === undefined) return undefined;
  const { places, certificate, ...rest } = summary;
  return {
    ...rest,
    places: places.map(({ address, adapter, virtual, https, http }) => ({
      ...{ address, adapter, virtual, secure: originOf('https', address, https) },
      plain: http === null ? null : originOf('http', address, http),
    })),
    certificate: certificate === undefined ? null : { ...certificate, notAfter: isoTime(certificate.notAfter) },
  };
}
