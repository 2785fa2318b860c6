import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compiledDriver } from '../1c/driver.js';
import { needs } from '../support/needs.js';
import { runExample } from './run-example.js';

const folder = new URL('../../examples/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
/** What a README says that its example prints. */
const promised = (name: string): string => /```text\n([^]*?)```/.exec(read(`${name}/README.md`))?.[1] ?? '';

describe('the examples', () => {
  it('are all on the page of examples', () => {
    const page = read('README.md');
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name !== 'support');
    expect(folders.length).toBeGreaterThan(6);
    for (const { name } of folders) expect(page, name).toContain(`[\`${name}\`]`);
  });

  it.concurrent.each(['translator-plugin', 'till-over-sdk', 'own-reader', 'chain-rollout'])('%s prints what its README says', { timeout: 120_000 }, async (name) => {
    expect(promised(name)).not.toBe('');
    expect(await runExample(`${name}/start.mjs`)).toBe(promised(name));
  });

  it.concurrent('events-and-receipts hears of the scan, and the platform books one sale', { timeout: 120_000 }, async () => {
    const said = await runExample('events-and-receipts/start.mjs');
    expect(said).toMatch(/^scan +card \*+/m);
    expect(said).toMatch(/^outcome +applied \*+\d{0,4}$/m);
    expect(said).toMatch(/^receipt +1 sale booked at the platform$/m);
    expect(said).not.toContain('482913');
  });
});

describe('the configurations of stores', () => {
  it.concurrent.each([
    ['iiko', 'applied'],
    ['rkeeper', 'sent'],
  ])('%s is right, and the simulated till gets the card: %s', { timeout: 120_000 }, async (name, outcome) => {
    const said = await runExample('stores/start.mjs', name);
    expect(said).toContain(`ok ${name}/tillbridge.yaml`);
    expect(said).toContain(outcome);
    expect(said).toContain('has the card: yes');
  });

  it.concurrent('keyboard is right', { timeout: 120_000 }, async () => {
    expect(await runExample('stores/start.mjs', 'keyboard')).toContain('ok keyboard/tillbridge.yaml');
  });
});

needs('linux', 'gcc')('the configuration of a store with 1C', () => {
  it('is right, and the simulated till gets the card', { timeout: 120_000 }, async () => {
    const driver = await compiledDriver();
    try {
      const said = await runExample('stores/start.mjs', '1c', '--driver', driver.path);
      expect(said).toContain('ok 1c/tillbridge.yaml');
      expect(said).toContain('has the card: yes');
    } finally {
      driver.remove();
    }
  });
});
