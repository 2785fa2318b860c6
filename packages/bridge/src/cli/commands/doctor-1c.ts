import { systemClock, type ProbeRow } from '@tillbridge/core';
import type { Config, OnecConfig } from '../../config/index.js';

/** Whether the catalogues of cards can be read: a running daemon holds the port for the driver, but anybody may look there. */
export async function catalogueRows({ tills }: Config, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const looking = tills.filter((till): till is OnecConfig => till.adapter === '1c' && till.odata !== undefined);
  if (looking.length === 0) return [];
  const { CardCheck } = await import('@tillbridge/adapter-1c');
  const rows = looking.map(async ({ id, odata }): Promise<readonly ProbeRow[]> => {
    if (odata === undefined) return [];
    const { secrets, ...rest } = odata;
    const check = new CardCheck({ ...rest, till: id, password: secrets.password }, systemClock);
    try {
      return [await check.probe(signal)];
    } finally {
      await check.close();
    }
  });
  return (await Promise.all(rows)).flat();
}
