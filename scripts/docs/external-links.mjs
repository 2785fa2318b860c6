// Asks whether the addresses that pages link to still lead somewhere. Once a week in CI (.github/workflows/links.yml), never for a change: other people's sites
// are no reason to hold one up.
//   node scripts/docs/external-links.mjs [PAGE ...]     exit 1 where something is gone; what refuses programs or does not answer is only told
import { pathToFileURL } from 'node:url';
import { isExternal } from './links.mjs';
import { readPages } from './pages.mjs';

/** One try, in ms; sites of vendors take their time. */
const TRY_MS = 30_000;
const TRIES = 2;
/** At the same time, over all hosts. */
const AT_ONCE = 6;
/** Names that are kept for examples (RFC 2606, RFC 6761), and this machine. */
const NOBODY = /(^|\.)(example|invalid|test|localhost)$|(^|\.)example\.(com|net|org)$|^127\.|^\[/;
/** What a site says that has no such page. Others, 403 and 429 above all, are said to programs and not to readers. */
const GONE = new Set([404, 410]);

/** The addresses to ask, each with the places that link to it. */
export function addressesOf(pages) {
  const found = new Map();
  for (const { path, links } of pages) {
    for (const { href, line } of links) {
      if (!isExternal(href) || !/^https?:/.test(href) || !URL.canParse(href)) continue;
      const url = new URL(href);
      if (NOBODY.test(url.hostname)) continue;
      url.hash = '';
      found.set(url.href, [...(found.get(url.href) ?? []), `${path}:${line}`]);
    }
  }
  return found;
}

/**
 * What an answer means.
 *
 * @param {{ status?: number, error?: string }} answer status of the page, or the code of the error where there was none
 * @returns {'there' | 'gone' | 'unknown'}
 */
export function verdictOf({ status, error }) {
  if (status === undefined) return error === 'ENOTFOUND' ? 'gone' : 'unknown';
  if (GONE.has(status)) return 'gone';
  return status < 400 ? 'there' : 'unknown';
}

/** Asks until there is an answer that says something. */
export async function ask(address, fetchPage) {
  let answer = {};
  for (let i = 0; i < TRIES; i += 1) {
    try {
      const response = await fetchPage(address, { redirect: 'follow', headers: { accept: 'text/html,*/*' }, signal: AbortSignal.timeout(TRY_MS) });
      answer = { status: response.status };
      // the page itself is not wanted
      await response.body?.cancel();
    } catch (error) {
      answer = { error: error.cause?.code ?? error.name };
    }
    if (verdictOf(answer) === 'there') break;
  }
  return { ...answer, verdict: verdictOf(answer) };
}

async function askAll(addresses) {
  const waiting = [...addresses.keys()];
  const answers = new Map();
  const worker = async () => {
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) answers.set(address, await ask(address, fetch));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = process.argv.slice(2);
  const addresses = addressesOf([...readPages().values()].filter(({ path }) => wanted.length === 0 || wanted.includes(path)));
  const answers = await askAll(addresses);
  const count = { there: 0, gone: 0, unknown: 0 };
  for (const [address, { verdict, status, error }] of [...answers].sort()) {
    count[verdict] += 1;
    if (verdict !== 'there') console.log(`${verdict === 'gone' ? 'GONE   ' : 'unknown'} ${address} (${status ?? error}): ${addresses.get(address).join(', ')}`);
  }
  console.log(`${count.there} there, ${count.gone} gone, ${count.unknown} unknown`);
  process.exitCode = count.gone > 0 ? 1 : 0;
}
