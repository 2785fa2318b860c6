import { silentLog } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { load, withLines } from '../config/test-support.js';
import { ReportTargets, type TargetChoice } from './targets.js';

describe('whom receipts are reported to', () => {
  let choice: TargetChoice | undefined;
  afterEach(() => Promise.all([...(choice?.targets.values() ?? [])].map((target) => target.close())));

  const choose = async (vars: string): Promise<TargetChoice> => {
    const translators = `  - { type: http, preset: maxma, secrets: { key: "\${env:KEY}" }${vars} }`;
    const { config } = load(withLines({ translators, rest: 'receipts: { mode: report }' }), { env: { KEY: 'a-key-of-the-platform' } });
    choice = await new ReportTargets({ clock: new VirtualClock(), log: silentLog, random: () => 0.5 }).of(config);
    return choice;
  };

  it('a platform that has all that a sale needs is one', async () => {
    const { targets, problems } = await choose(', vars: { shop: S, shopName: Shop }');
    expect([...targets.keys()]).toEqual(['maxma']);
    expect(problems).toEqual([]);
  });

  it('one that lacks something is none, and it is named', async () => {
    const { targets, problems } = await choose('');
    expect(targets.size).toBe(0);
    expect(problems).toEqual([expect.objectContaining({ code: 'TB_TRANSLATE_HTTP_SPEC', params: expect.objectContaining({ place: 'maxma vars.shop' }) as unknown })]);
  });
});
