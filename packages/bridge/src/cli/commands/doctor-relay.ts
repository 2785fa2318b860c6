import { deadline, systemClock, type ProbeRow } from '@tillbridge/core';
import { Relay } from '../../phones/relay/relay.js';
import type { MobileReaderConfig } from '../../config/index.js';
import type { Cli } from '../cli.js';

/** Another daemon has this long to answer, in ms. */
const ASK_MS = 4000;
/** No message at all: the till that it is for says so, and nothing else happens. */
const NOTHING = new Uint8Array(1);

/** Whether the daemons that phones' messages are carried to are there, and are the ones that the configuration means. */
export async function relayRows(cli: Cli, { id, relay: tills }: MobileReaderConfig): Promise<readonly ProbeRow[]> {
  const relay = new Relay({ tills, clock: systemClock });
  try {
    return await Promise.all(tills.map((till) => row(cli, id, till, relay)));
  } finally {
    relay.close();
  }
}

async function row(cli: Cli, reader: string, { id: till, url }: MobileReaderConfig['relay'][number], relay: Relay): Promise<ProbeRow> {
  const limit = deadline(systemClock, ASK_MS);
  const { refusal } = await relay.carry(till, 'msg', NOTHING, limit.signal);
  limit.dispose();
  const id = `reader ${reader} relay`;
  if (refusal === 'malformed') return { level: 'ok', id, text: `${url} (${till})` };
  if (refusal === 'noSuchTill') {
    return {
      ...{ level: 'fail', id },
      text: cli.say({ en: `${url} is not the till ${till}`, ru: `${url} — не касса ${till}` }),
      remedy: cli.say({ en: 'put the id under `relay` that `tillbridge mobile list` shows on that machine', ru: 'укажите в `relay` код, который на той машине показывает `tillbridge mobile list`' }),
    };
  }
  return {
    ...{ level: 'warn', id },
    text: cli.say({ en: `${url} does not answer: phones cannot scan to that till`, ru: `${url} не отвечает: на ту кассу с телефона не сканировать` }),
    remedy: cli.say({
      en: 'see that Tillbridge runs there, that the address is right, that its firewall lets the port through, and, where `fingerprint` is set, that the certificate is still that one',
      ru: 'проверьте, что там работает Tillbridge, что адрес верен, что брандмауэр пропускает порт и, если указан `fingerprint`, что сертификат прежний',
    }),
  };
}
