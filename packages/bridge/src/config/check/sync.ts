import { isLoopback } from '../host-port.js';
import type { Finding, KeyPath } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, textAt, textsAt, unique, type Entry, type Outline } from './outline.js';

/** What comes from elsewhere by itself: feeds of cards, key sets of rotating codes. */
export function checkSync(outline: Outline): readonly Finding[] {
  const rotating = outline.translators.filter((translator) => textAt(translator, 'type') === 'rotating');
  return [...unique(outline.sync, 'id'), ...outline.sync.flatMap(checkJob), ...rotating.flatMap((translator) => checkRotating(translator, outline.codes))];
}

/** Feeds fill the table: somebody should ask it. */
export function syncWarnings({ sync, translators }: Outline): readonly Finding[] {
  const asked = translators.some((translator) => textAt(translator, 'type') === 'table' || translator.fields['table'] === true);
  return asked ? [] : sync.map(({ path }) => ({ path, text: say('syncWithoutTable') }));
}

function checkJob(job: Entry): readonly Finding[] {
  const isJson = job.fields['format'] === 'json';
  const columns = textAt(job, 'type') === 'feed' && isJson !== 'columns' in job.fields;
  return [...checkAddress(job, textAt(job, 'type') === 'osmi' ? 'baseUrl' : 'url'), ...(textAt(job, 'type') === 'osmi' ? [] : checkSecrets(job)), ...(columns ? [{ path: job.path, text: say('columnsOfJson') }] : [])];
}

function checkAddress(entry: Entry, key: string): readonly Finding[] {
  const text = textAt(entry, key);
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || isLoopback(url.hostname.replace(/^\[|\]$/g, '')) || entry.fields['allowInsecureLan'] === true) return [];
  return [{ path: [...entry.path, key], text: say('documentWithoutTls') }];
}

function checkSecrets({ path, fields }: Entry): readonly Finding[] {
  const secrets = fieldsOf(fields['secrets']) ?? {};
  const [user, password, token] = ['user' in fields, 'password' in secrets, 'token' in secrets];
  if (user !== password || (password && token)) return [{ path, text: say('oneSecret') }];
  return 'header' in fields && !token ? [{ path: [...path, 'header'], text: say('headerWithoutToken') }] : [];
}

function checkRotating(translator: Entry, codes: readonly Entry[]): readonly Finding[] {
  const keys = fieldsOf(translator.fields['keys']);
  const from: Entry | undefined = keys === undefined || !('url' in keys) ? undefined : { path: [...translator.path, 'keys'], fields: keys };
  const both = 'number' in translator.fields && translator.fields['table'] === true;
  const names = textsAt(translator, 'codes').map(({ text }) => text);
  const served = codes.filter((code) => names.includes(textAt(code, 'name') ?? ''));
  return [
    ...(from === undefined ? [] : [...checkAddress(from, 'url'), ...checkSecrets(from)]),
    ...(both ? [{ path: [...translator.path, 'number'] as KeyPath, text: say('numberOrTable') }] : []),
    ...served.filter((code) => textAt(code, 'match')?.includes('(?<value>') === true).map((code): Finding => ({ path: [...code.path, 'match'], text: say('rotatingValueGroup') })),
  ];
}
