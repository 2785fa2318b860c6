import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { isoTime, systemClock, TillbridgeError } from '@tillbridge/core';
import { lockHolder, openStateFolder, stateFolderAt } from '@tillbridge/store/state';
import { createAuthority, readAuthority, removeAuthority, type Authority } from '../../phones/certificate/authority.js';
import { derOf } from '../../phones/certificate/facts.js';
import { mobileConfig } from '../../phones/certificate/mobileconfig.js';
import { authorityName } from '../../phones/site/site.js';
import type { Cli } from '../cli.js';
import { isRecord, list, text } from '../format.js';
import { giveToOwner } from '../owner.js';
import type { CaConfirmOptions, CaCreateOptions } from '../register-mobile.js';

/** Longest name (RFC 5280, ub-common-name), and nothing that a list on a phone could not show. */
const MAX_NAME = 64;

export async function createCa(cli: Cli, { name }: CaCreateOptions): Promise<void> {
  await make(cli, name, false);
}

export async function rotateCa(cli: Cli, { name, yes }: CaConfirmOptions): Promise<void> {
  if (yes !== true) throw new TillbridgeError('TB_READER_MOBILE_CONFIRM');
  await make(cli, name, true);
}

export async function removeCa(cli: Cli, { yes }: CaConfirmOptions): Promise<void> {
  if (yes !== true) throw new TillbridgeError('TB_READER_MOBILE_CONFIRM');
  removeAuthority(stateFolderAt(cli.statePath));
  await tellDaemon(cli);
  cli.result({ removed: true }, () => cli.say({ en: 'removed; phones that trusted it should delete it too', ru: 'удалён; удалите его и с телефонов, которые ему доверяли' }));
}

export async function showCa(cli: Cli): Promise<void> {
  const authority = existing(cli);
  const pages = await trustPages(cli);
  cli.result(viewOf(authority, pages), () => textOf(cli, authority, pages));
}

/** Never writes the key: whoever has it can pose as any machine of the local network. */
export function exportCa(cli: Cli, folder: string): void {
  const { pair } = existing(cli);
  const to = resolve(folder);
  const name = authorityName(pair.cert);
  const files = [
    { file: join(to, 'tillbridge-ca.crt'), bytes: derOf(pair.cert) ?? Buffer.alloc(0) },
    { file: join(to, 'tillbridge-ca.mobileconfig'), bytes: mobileConfig(pair.cert, name) },
    { file: join(to, 'tillbridge-ca.pem'), bytes: pair.cert },
  ];
  mkdirSync(to, { recursive: true });
  for (const { file, bytes } of files) writeFileSync(file, bytes);
  cli.result({ files: files.map(({ file }) => file) }, () => files.map(({ file }) => file).join('\n'));
}

async function make(cli: Cli, name: string | undefined, replace: boolean): Promise<void> {
  const folder = openStateFolder(cli.statePath);
  const authority = await createAuthority(folder, (name ?? `Tillbridge ${hostname()}`).replace(/\p{C}/gu, ' ').slice(0, MAX_NAME), systemClock.wall(), replace);
  await tellDaemon(cli);
  const pages = await trustPages(cli);
  cli.result(viewOf(authority, pages), () =>
    [textOf(cli, authority, pages), '', cli.say({ en: 'Next: open the page on each phone and follow its three steps.', ru: 'Дальше: откройте эту страницу на каждом телефоне и выполните три шага.' })].join('\n'),
  );
}

function existing(cli: Cli): Authority {
  const authority = readAuthority(stateFolderAt(cli.statePath));
  if (authority === undefined) throw new TillbridgeError('TB_READER_MOBILE_NO_CA');
  return authority;
}

/** A running daemon takes the new certificate at once; without one the next start does. */
async function tellDaemon(cli: Cli): Promise<void> {
  // made by root, read by the daemon's own user
  giveToOwner(cli.statePath);
  if (lockHolder(stateFolderAt(cli.statePath)) !== undefined) await cli.call('POST', '/v1/phones/look');
}

/** Where phones get it, of a running daemon. */
async function trustPages(cli: Cli): Promise<readonly string[]> {
  if (lockHolder(stateFolderAt(cli.statePath)) === undefined) return [];
  const { body } = await cli.call('GET', '/v1/daemon');
  const phones = isRecord(body) && isRecord(body['phones']) ? body['phones'] : {};
  return list(phones['places']).flatMap(({ plain }) => (typeof plain === 'string' ? [`${plain}/trust`] : []));
}

function viewOf({ pair, facts }: Authority, pages: readonly string[]): Record<string, unknown> {
  return { name: authorityName(pair.cert), fingerprint: facts.fingerprint, notBefore: isoTime(facts.notBefore), notAfter: isoTime(facts.notAfter), pages };
}

function textOf(cli: Cli, authority: Authority, pages: readonly string[]): string {
  const { name, fingerprint, notAfter } = viewOf(authority, pages);
  const where = pages.length === 0 ? cli.say({ en: 'phones get it from /trust of the daemon, once it runs with a reader of type mobile', ru: 'телефоны получат его на странице /trust демона, когда он заработает со считывателем mobile' }) : pages.join('\n');
  return [text(name), `SHA-256 ${text(fingerprint)}`, `${cli.say({ en: 'good until', ru: 'действует до' })} ${text(notAfter)}`, where].join('\n');
}
