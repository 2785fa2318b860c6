import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What an accessibility check finds on the page as it is now, one line each: rule and elements. */
export async function axeProblems(page: Page): Promise<readonly string[]> {
  // by the debugger: the page's policy lets no other script in
  await page.evaluate(`globalThis.axe === undefined && (() => { ${axe.source} })()`);
  const found = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(', ')}`);
}
