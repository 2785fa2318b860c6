// A change of what the packages export comes with a note in .changeset, in the same branch.
import { run } from './run.mjs';

const isNote = (path) => /^\.changeset\/(?!README\.md$)[^/]+\.md$/.test(path);

/** @param {readonly string[]} changed paths that a branch adds or changes */
export function noteProblems(changed) {
  const reports = changed.filter((path) => /^api\/[^/]+\.md$/.test(path));
  return reports.length === 0 || changed.some(isNote) ? [] : [`${reports.join(', ')} changed without a note in .changeset: npm run changeset`];
}

/** What this branch and the work tree change against the main one; undefined where there is nothing to compare with: no git, a shallow clone, no main branch. */
export async function changedPaths(cwd) {
  const git = async (...args) => {
    const { code, stdout } = await run('git', args, { cwd }).catch(() => ({ code: 1, stdout: '' }));
    return code === 0 ? stdout.trim() : undefined;
  };
  for (const main of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', main);
    if (base === undefined) continue;
    const known = await git('diff', '--name-only', '--diff-filter=AMR', base);
    const fresh = await git('ls-files', '--others', '--exclude-standard', '.changeset', 'api');
    if (known === undefined || fresh === undefined) return undefined;
    return [...known.split('\n'), ...fresh.split('\n')].filter((path) => path !== '');
  }
  return undefined;
}
