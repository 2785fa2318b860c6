import { describe, expect, test } from 'vitest';
import { needs, skippedLine, verdict, type Part } from './needs.js';
import { PROBES } from './parts.js';

const there = (...parts: Part[]) => (part: Part): boolean => parts.includes(part);

describe('needs', () => {
  test('runs a suite when it is asked for and everything is there', () => {
    expect(verdict(['socat', 'gcc'], there('socat', 'gcc'), 'all')).toEqual({ do: 'run' });
    expect(verdict([], there(), 'all')).toEqual({ do: 'run' });
  });

  test('fails a suite that is asked for and lacks a part, naming the first missing one', () => {
    expect(verdict(['linux', 'socat', 'gcc'], there('linux'), 'all')).toEqual({ do: 'fail', needs: 'socat' });
  });

  test('skips when not asked for, naming the missing part, or else how to ask', () => {
    expect(verdict(['socat', 'gcc'], there('socat'), undefined)).toEqual({ do: 'skip', needs: 'gcc' });
    expect(verdict(['socat'], there('socat'), undefined)).toEqual({ do: 'skip', needs: 'TILLBRIDGE_REQUIRE=all' });
    expect(verdict(['socat'], there('socat'), 'no')).toEqual({ do: 'skip', needs: 'TILLBRIDGE_REQUIRE=all' });
  });

  test('the skipped line has a fixed form', () => {
    expect(skippedLine('virtual-com over socat', 'socat')).toBe(
      "SKIPPED suite=virtual-com over socat needs=socat install='sh test/setup-debian.sh'",
    );
  });

  test('probes answer on this machine without throwing', () => {
    for (const [part, probe] of Object.entries(PROBES)) expect(probe(), part).toBeTypeOf('boolean');
    expect(PROBES.linux()).toBe(process.platform === 'linux');
  });
});

const bodies: string[] = [];
needs('linux')('needs on this machine', () => {
  bodies.push('called');
  test('runs what was asked for', () => {
    expect(process.env['TILLBRIDGE_REQUIRE']).toBe('all');
  });
});

test('the body of a suite is called only when it runs', () => {
  const runs = process.env['TILLBRIDGE_REQUIRE'] === 'all' && process.platform === 'linux';
  expect(bodies).toEqual(runs ? ['called'] : []);
});
