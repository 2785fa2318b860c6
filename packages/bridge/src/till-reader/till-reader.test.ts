import { createClassifier, createIds, Pipeline, silentLog } from '@tillbridge/core';
import { MemoryJournal, VirtualClock } from '@tillbridge/testkit';
import { expect, it } from 'vitest';
import { TillReader } from './till-reader.js';

it('the program that owns its scanner keeps its goods, and is told so', async () => {
  const clock = new VirtualClock();
  const pipeline = new Pipeline({ clock, journal: new MemoryJournal(clock), log: silentLog, newId: createIds(clock) });
  const states: string[] = [];
  pipeline.on('reader', ({ id, state }) => states.push(`${id} ${state.status}`));
  pipeline.setRules({ classifier: createClassifier([]), translators: [], policies: { notFound: 'reject', unavailable: 'reject', blocked: 'reject', ambiguous: 'reject' }, routes: [] });
  const reader = new TillReader('own', clock);
  await pipeline.addReader(reader, { fallbackCharset: 'windows-1251', unmatched: 'reject', withSuffix: true });
  expect(pipeline.inject({ bytes: Buffer.from('4607001234567'), reader: 'own' })).toMatchObject({ kind: 'goods', handled: false });
  expect(reader.state.status).toBe('ready');
  await pipeline.removeReader('own');
  expect(states).toEqual(['own ready', 'own closed']);
});
