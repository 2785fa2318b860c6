import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Language } from '@tillbridge/core';
import { derOf, factsOf } from '../certificate/facts.js';
import type { ServedCertificate } from '../certificate/keeper.js';
import { mobileConfig } from '../certificate/mobileconfig.js';
import type { OpenAddress } from '../listener/phone-listener.js';
import { originOf } from '../network/wanted.js';
import { formFor, type SiteFile } from './files.js';
import { PHONE_HEADERS } from './headers.js';
import type { SitePlace } from './place.js';
import { trustPage } from './trust-page.js';

/** A request for something of the page, after the guards. */
export interface SiteRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  /** The address that the browser asked at. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface SiteAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | (() => Readable) | undefined;
}

/** What the listener serves besides the protocol: the page's files, where it is, and how to trust it. */
export interface Site {
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly certificate: () => ServedCertificate | undefined;
  /** What is listened on. */
  readonly addresses: () => readonly OpenAddress[];
}

/** Name under which phones list the authority. */
export function authorityName(pem: string): string {
  return /CN=([^\n]+)/.exec(factsOf(pem)?.issuer ?? '')?.[1] ?? 'Tillbridge';
}

/** Only offered where browsers can trust the certificate: elsewhere they refuse it with an error in the page's face. */
const NEEDS_TRUST: readonly string[] = ['/sw.js', '/manifest.webmanifest'];

/** Answers a GET; undefined: there is no such thing. */
export function answerSite(site: Site, request: SiteRequest): SiteAnswer | undefined {
  const { path } = request;
  const certificate = site.certificate();
  if (certificate === undefined) return undefined;
  if (path === '/place.json') return json(placeOf(site, certificate, request.host));
  if (path === '/trust') return trust(site, certificate, request);
  if (path === '/ca.crt' || path === '/ca.mobileconfig') return authority(certificate, path);
  const file = site.files.get(path);
  if (file === undefined || (NEEDS_TRUST.includes(path) && certificate.voucher === 'self')) return undefined;
  return fileAnswer(file, request);
}

function placeOf(site: Site, { voucher, authority: pem }: ServedCertificate, host: string): SitePlace {
  return { v: 1, ...originsOf(site, host), voucher, trust: pem !== undefined, worker: voucher !== 'self' };
}

/** The page with TLS and without, at the address or name that was asked. */
function originsOf({ addresses }: Site, host: string): { readonly secure: string; readonly plain: string | null } {
  const all = addresses();
  const { https, http } = all.find(({ address }) => address === host) ?? all[0] ?? { https: 443, http: null };
  return { secure: originOf('https', host, https), plain: http === null ? null : originOf('http', host, http) };
}

function fileAnswer(file: SiteFile, { headers }: SiteRequest): SiteAnswer | undefined {
  const fresh = { ...PHONE_HEADERS, etag: file.etag, 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache', vary: 'accept-encoding' };
  const known = headers['if-none-match'];
  if (typeof known === 'string' && known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === file.etag)) return { status: 304, headers: fresh, body: undefined };
  const accepts = headers['accept-encoding'];
  const form = formFor(file, typeof accepts === 'string' ? accepts : undefined);
  if (form === undefined) return undefined;
  const { encoding, size } = form;
  return {
    status: 200,
    headers: { ...fresh, 'content-type': file.type, 'content-length': String(size), ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
    body: () => createReadStream(form.file),
  };
}

function trust(site: Site, { authority: pem }: ServedCertificate, { host, query, headers }: SiteRequest): SiteAnswer {
  const { html, policy } = trustPage({
    authority: pem === undefined ? undefined : { name: authorityName(pem), fingerprint: factsOf(pem)?.fingerprint ?? '' },
    ...originsOf(site, host),
    language: languageOf(query.get('lang') ?? undefined, headers['accept-language']),
  });
  return { status: 200, headers: { ...PHONE_HEADERS, 'content-security-policy': policy, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body: html };
}

function languageOf(chosen: string | undefined, accepts: string | string[] | undefined): Language {
  return /^ru\b/i.test(chosen ?? (typeof accepts === 'string' ? accepts : '')) ? 'ru' : 'en';
}

/** Android takes the certificate as DER under this type and asks what to do with it; an iPhone takes the profile. */
function authority({ authority: pem }: ServedCertificate, path: '/ca.crt' | '/ca.mobileconfig'): SiteAnswer | undefined {
  if (pem === undefined) return undefined;
  const forPhone = path === '/ca.crt' ? { type: 'application/x-x509-ca-cert', body: derOf(pem) } : { type: 'application/x-apple-aspen-config', body: mobileConfig(pem, authorityName(pem)) };
  const name = path === '/ca.crt' ? 'tillbridge-ca.crt' : 'tillbridge-ca.mobileconfig';
  return { status: 200, headers: { ...PHONE_HEADERS, 'content-type': forPhone.type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' }, body: forPhone.body };
}

function json(value: unknown): SiteAnswer {
  return { status: 200, headers: { ...PHONE_HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }, body: `${JSON.stringify(value)}\n` };
}
