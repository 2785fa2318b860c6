// One process, run on one core by platforms.mjs: the translator that asks a platform on the loopback, and a pipeline whose goods must not notice.
//   node platform-load.mjs '{"lookUps":20000,"cached":100000,"down":20,"timeoutMs":300}'
// Prints one JSON object.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { codeOf, createClassifier, createIds, instant, NO_RULES, Pipeline, REJECT_ALL, silentLog, systemClock } from '@tillbridge/core';
import { translatorOfPreset } from '@tillbridge/translators/http';
import { Agent } from 'undici';

const { lookUps, cached, down, timeoutMs, perSecond } = JSON.parse(process.argv[2]);
const never = new globalThis.AbortController().signal;
const cardOf = (i) => `29${String(i).padStart(11, '0')}`;
const now = () => Number(process.hrtime.bigint());
const DEFINITION = {
  id: 'bench',
  title: { en: 'bench', ru: 'bench' },
  contract: 'vendor',
  sources: ['this file'],
  auth: { type: 'header', name: 'x-key', value: '{{secrets.key}}' },
  limits: { concurrent: 16, waiting: 10_000, totalMs: 30_000 },
  accept: [{ kind: 'card', when: '^\\d{10,19}$', call: 'find' }],
  calls: { find: { path: '/find', json: { card: '{{id}}' } } },
  response: {
    rules: [{ path: 'error', exists: true, then: 'badResponse' }, { http: [401, 403], then: 'authError' }, { http: '5xx', then: 'unavailable' }, { path: 'client', exists: true, then: 'found' }],
    fields: { number: ['client.cardString'], customer: ['client.id'] },
    check: { pattern: '^\\d{10,19}$' },
  },
};

// on the next core: what is measured is what look-ups cost us
const platform = spawn('taskset', ['-c', '1', process.execPath, fileURLToPath(new URL('platform-server.mjs', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
const [port] = await once(platform.stdout, 'data');
const server = { address: () => ({ port: Number(String(port)) }) };
const silent = createServer(() => undefined).listen(0, '127.0.0.1');
await once(silent, 'listening');
const urlOf = (of) => `http://127.0.0.1:${of.address().port}`;
const made = (of, options = {}) => translatorOfPreset(DEFINITION, { baseUrl: urlOf(of), secrets: { key: 'k' }, clock: systemClock, log: silentLog }, { timeoutMs: 30_000, ...options });

/** A pipeline with one reader and a till that notes when goods came. */
async function pipelineWith(translator) {
  const events = { append: async () => undefined, open: async () => [], settle: async () => undefined };
  const pipeline = new Pipeline({ clock: systemClock, journal: events, log: silentLog, newId: createIds(systemClock) });
  let got = 0;
  const till = {
    id: 'front', capabilities: { goods: true, best: 'sent', verify: false }, state: { status: 'ready', since: 0 },
    open: async () => undefined, probe: async () => [], deliver: async () => ({ outcome: 'sent' }), close: async () => undefined,
    goods: () => (got = now()),
  };
  let sink;
  const reader = { id: 'counter', kind: 'tcp', capabilities: { feedback: false }, state: { status: 'ready', since: 0 }, open: async (to) => void (sink = to), feedback: async () => undefined, close: async () => undefined };
  const settings = { fallbackCharset: 'windows-1251', unmatched: 'passThrough', withSuffix: false };
  const classifier = createClassifier([{ name: 'card', kind: 'card', match: /^29\d{11}$/ }]);
  pipeline.setRules({ ...NO_RULES, classifier, policies: REJECT_ALL, translators: [translator], routes: [{ till: 'front' }] });
  await pipeline.addTill(till, { expireMs: 60_000, duplicateMs: 0 });
  await pipeline.addReader(reader, settings);
  const goods = Buffer.from('4600000000017');
  // from when a read should have left to when the till had it: whatever keeps the process busy counts
  const goodsRead = () => {
    sink.read({ bytes: goods, terminator: Buffer.from('\r'), at: instant(systemClock), silence: 'settled', silentBefore: true });
    return got;
  };
  return { pipeline, goodsRead };
}

/** Goods every 5 ms as a scanner would send them; how late each one was at the till, in ns. */
function goodsTimes(goodsRead) {
  const late = [];
  let over = false;
  const next = () => {
    const due = now() + 5e6;
    setTimeout(() => {
      late.push(Math.max(0, goodsRead() - due));
      if (!over) next();
    }, 5);
  };
  next();
  return () => ((over = true), late);
}

/** Looks one code up. */
const byTranslator = (translator) => async (i) => {
  const text = cardOf(i);
  const answer = await translator.translate(codeOf('card', text), { scanId: `s${i}`, reader: 'counter' }, never);
  return answer.result === 'found' && answer.number.reveal() === text;
};

/** The same request by the HTTP library alone: what the core would be busy with anyway. */
const agent = new Agent({ connections: 16, pipelining: 1 });
const bare = async (i) => {
  const body = JSON.stringify({ card: cardOf(i) });
  const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json', 'x-key': 'k' };
  const answer = await agent.request({ origin: urlOf(server), path: '/find', method: 'POST', headers, body });
  return JSON.parse(await answer.body.text()).client.cardString === cardOf(i);
};

async function asked(one, count, rate) {
  const began = now();
  let next = 0;
  const wrong = [];
  const look = async (i) => ((await one(i)) ? undefined : wrong.push(i));
  if (rate === undefined) {
    await Promise.all(Array.from({ length: 16 }, async () => { while (next < count) await look((next += 1)); }));
  } else {
    const running = [];
    while (next < count) {
      const owed = Math.min(count, Math.floor(((now() - began) / 1e9) * rate));
      while (next < owed) running.push(look(1_000_000 + (next += 1)));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(running);
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} look-ups went wrong`);
  return count / ((now() - began) / 1e9);
}

const translator = made(server);
await asked(byTranslator(translator), 2000);
await asked(bare, 2000);
const fastest = await asked(byTranslator(translator), lookUps + 2000);

const { goodsRead } = await pipelineWith(translator);
const idle = goodsTimes(goodsRead);
await new Promise((resolve) => setTimeout(resolve, 2000));
const goodsIdle = idle();
// turn about, so that what else the machine does meets both
const goodsBare = [];
const goodsBusy = [];
let kept = Infinity;
for (let round = 0; round < 4; round += 1) {
  const beside = goodsTimes(goodsRead);
  await asked(bare, lookUps / 4, perSecond);
  goodsBare.push(...beside());
  const busy = goodsTimes(goodsRead);
  const fresh = made(server);
  kept = Math.min(kept, await asked(byTranslator(fresh), lookUps / 4, perSecond));
  goodsBusy.push(...busy());
  await fresh.close();
}

const codes = Array.from({ length: 5000 }, (_, i) => codeOf('card', `29${String(i + 1).padStart(11, '0')}`));
const warm = made(server);
for (const code of codes) await warm.translate(code, { scanId: 's', reader: 'r' }, never);
const remembered = [];
for (let i = 0; i < cached; i += 1) {
  const code = codes[(i * 7919) % codes.length];
  const start = now();
  const answer = warm.translate(code, { scanId: 's', reader: 'r' }, never);
  remembered.push(now() - start);
  if (answer instanceof Promise || answer.result !== 'found') throw new Error('not remembered');
  if (i % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
}

const gone = made(silent, { timeoutMs, random: () => 0 });
const hanging = await pipelineWith(gone);
const goodsDownOf = goodsTimes(hanging.goodsRead);
const waits = [];
for (let i = 0; i < down; i += 1) {
  const start = now();
  const { ticket } = hanging.pipeline.inject({ bytes: Buffer.from(`29${String(i).padStart(11, '0')}`), reader: 'counter' });
  const { outcome } = await ticket.outcome;
  if (outcome !== 'unavailable') throw new Error(`unreachable: ${outcome}`);
  waits.push(now() - start);
}
const goodsDown = goodsDownOf();
const seen = JSON.stringify({ fastest, kept, goodsIdle, goodsBare, goodsBusy, goodsDown, remembered, waits, breaker: gone.view().breaker });
// a pipe takes it in pieces
platform.kill();
process.stdout.write(`${seen}\n`, () => process.exit(0));
