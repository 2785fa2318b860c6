import { networkInterfaces } from 'node:os';
import { silentLog, systemClock, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { stateFolderAt } from '@tillbridge/store/state';
import type { MobileReaderConfig } from '../../config/index.js';
import { readAuthority } from '../../phones/certificate/authority.js';
import { RENEW_MS } from '../../phones/certificate/due.js';
import { certificateThere, CertificateKeeper } from '../../phones/certificate/keeper.js';
import { wantedAddresses } from '../../phones/network/wanted.js';
import type { Cli } from '../cli.js';
import { tryPort, portProblem } from './doctor-api.js';
import { relayRows } from './doctor-relay.js';

/** The year in which this was written, Unix time in ms: a clock that shows an earlier one has lost its battery. */
const WRITTEN = 1_767_225_600_000;
const DAY = 86_400_000;

/** Whether phones could be served: addresses, ports, certificate, clock. `running`: a daemon has the ports. */
export async function mobileRows(cli: Cli, config: MobileReaderConfig, running: boolean): Promise<readonly ProbeRow[]> {
  const rows: ProbeRow[] = [...(await placeRows(cli, config, running)), ...(await certificateRows(cli, config)), ...(await relayRows(cli, config))];
  if (systemClock.wall() < WRITTEN) {
    rows.push({
      level: 'warn',
      id: rowId(config, 'clock'),
      text: cli.say({ en: 'the clock of this machine is years behind: phones refuse its certificate', ru: 'часы этой машины отстают на годы: телефоны не примут её сертификат' }),
      remedy: cli.say({ en: 'set the time', ru: 'установите время' }),
    });
  }
  if (process.platform === 'win32') rows.push(firewallRow(cli, config));
  return rows;
}

const rowId = ({ id }: MobileReaderConfig, what: string): string => `reader ${id} ${what}`;

async function placeRows(cli: Cli, config: MobileReaderConfig, running: boolean): Promise<readonly ProbeRow[]> {
  const id = `reader ${config.id}`;
  const candidates = wantedAddresses(config.host, networkInterfaces);
  if (candidates.length === 0) return [failed(cli, id, new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS'))];
  const rows: ProbeRow[] = [];
  for (const { address, adapter, virtual } of candidates) {
    const ports = [config.port, ...(config.httpPort === 'off' ? [] : [config.httpPort])];
    const codes = running ? [] : await Promise.all(ports.map(async (port) => ({ port, code: await tryPort(address, port) })));
    const busy = codes.find(({ code }) => code !== undefined);
    const about = `${address}:${config.port}${adapter === '' ? '' : ` (${adapter})`}`;
    if (busy?.code !== undefined) rows.push(failed(cli, id, new TillbridgeError('TB_READER_MOBILE_LISTEN', { address: `${address}:${busy.port}`, problem: portProblem(busy.code) })));
    else if (virtual) rows.push({ level: candidates.every((each) => each.virtual) ? 'warn' : 'ok', id, text: `${about} ${cli.say({ en: 'a virtual adapter: phones hardly reach it', ru: 'виртуальный адаптер: телефоны до него вряд ли достучатся' })}` });
    else rows.push({ level: 'ok', id, text: about });
  }
  return rows;
}

async function certificateRows(cli: Cli, config: MobileReaderConfig): Promise<readonly ProbeRow[]> {
  const id = rowId(config, 'certificate');
  const folder = stateFolderAt(cli.statePath);
  try {
    if (config.tls !== undefined) {
      const { facts } = await new CertificateKeeper({ folder, own: config.tls, names: [], clock: systemClock, log: silentLog }).ensure([]);
      return [ageRow(cli, id, facts.notAfter, true)];
    }
    const authority = readAuthority(folder);
    const there = certificateThere(folder);
    const kind = authority === undefined ? cli.say({ en: 'signed by itself: phones warn until you allow it', ru: 'подписан сам собой: телефон предупредит, пока вы не разрешите' }) : cli.say({ en: 'signed by `tillbridge ca`', ru: 'подписан `tillbridge ca`' });
    if (there === undefined) return [{ level: 'ok', id, text: `${cli.say({ en: 'made at the first start', ru: 'будет сделан при первом запуске' })}, ${kind}` }];
    return [{ ...ageRow(cli, id, there.notAfter, false), ...(there.notAfter > systemClock.wall() ? { text: kind } : {}) }];
  } catch (error) {
    if (error instanceof TillbridgeError) return [failed(cli, id, error)];
    throw error;
  }
}

/** Ours is renewed by itself, the store's own by whoever looks after it. */
function ageRow(cli: Cli, id: string, notAfter: number, own: boolean): ProbeRow {
  const left = notAfter - systemClock.wall();
  const days = Math.floor(left / DAY);
  if (left <= 0) return { level: own ? 'fail' : 'warn', id, text: cli.say({ en: 'the certificate has ended', ru: 'срок сертификата истёк' }), remedy: own ? cli.say({ en: 'renew it: the daemon takes the new files by itself', ru: 'обновите его: новые файлы демон подхватит сам' }) : cli.say({ en: 'start the daemon: it makes a new one', ru: 'запустите демон: он сделает новый' }) };
  if (own && left < RENEW_MS) return { level: 'warn', id, text: cli.say({ en: `the certificate ends in ${days} days`, ru: `срок сертификата кончится через ${days} дн.` }), remedy: cli.say({ en: 'renew it: the daemon takes the new files by itself', ru: 'обновите его: новые файлы демон подхватит сам' }) };
  return { level: 'ok', id, text: cli.say({ en: `good for ${days} days`, ru: `действует ещё ${days} дн.` }) };
}

/** Only the machine's owner can say whether the rule is there: asking for it needs rights that `doctor` does not have. */
function firewallRow(cli: Cli, config: MobileReaderConfig): ProbeRow {
  const ports = [config.port, ...(config.httpPort === 'off' ? [] : [config.httpPort])].join(',');
  return {
    level: 'ok',
    id: rowId(config, 'firewall'),
    text: cli.say({ en: 'where phones do not reach this machine, allow them in its firewall', ru: 'если телефоны не достучатся, разрешите их в брандмауэре' }),
    remedy: `netsh advfirewall firewall add rule name="Tillbridge phones" dir=in action=allow protocol=TCP localport=${ports} profile=private,domain remoteip=localsubnet`,
  };
}

function failed(cli: Cli, id: string, error: TillbridgeError): ProbeRow {
  return { level: 'fail', id, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
}
