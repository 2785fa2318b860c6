import { writeSync } from 'node:fs';
import { describe, test } from 'vitest';
import { PROBES, type Part } from './parts.js';

export type { Part } from './parts.js';

type Suite = (name: string, body: () => void | Promise<void>) => void;

/** What to do with a suite: run it, skip it and say why, or fail it. */
export type Verdict =
  | { readonly do: 'run' }
  | { readonly do: 'skip'; readonly needs: string }
  | { readonly do: 'fail'; readonly needs: string };

/**
 * The rule, pure. System suites run only when asked for (`TILLBRIDGE_REQUIRE=all`), so that `npm test` is the same quick run on every
 * machine; when asked for, a missing part is a failure and never a silent skip.
 */
export function verdict(parts: readonly Part[], isThere: (part: Part) => boolean, require: string | undefined): Verdict {
  const missing = parts.find((part) => !isThere(part));
  if (require === 'all') return missing === undefined ? { do: 'run' } : { do: 'fail', needs: missing };
  return { do: 'skip', needs: missing ?? 'TILLBRIDGE_REQUIRE=all' };
}

/** The line that a skipped suite leaves in the output. */
export function skippedLine(suite: string, part: string): string {
  return `SKIPPED suite=${suite} needs=${part} install='sh test/setup-debian.sh'`;
}

/**
 * A `describe` for suites that need more than Node.js and npm: `needs('socat', 'python3')('name of the suite', () => { ... })`.
 * Probes at import time. The body is not called at all when the suite does not run.
 */
export function needs(...parts: readonly Part[]): Suite {
  const decided = verdict(parts, (part) => PROBES[part](), process.env['TILLBRIDGE_REQUIRE']);
  if (decided.do === 'run') return describe;
  const part = decided.needs;
  if (decided.do === 'fail') {
    return (name) => {
      describe(name, () => {
        test(`needs ${part}`, () => {
          throw new Error(`${part} is missing and TILLBRIDGE_REQUIRE=all is set: sh test/setup-debian.sh`);
        });
      });
    };
  }
  return (name) => {
    // not console.log: the runner would put a heading between the lines
    writeSync(1, `${skippedLine(name, part)}\n`);
    describe(name, () => {
      test.skip(`needs ${part}`);
    });
  };
}
