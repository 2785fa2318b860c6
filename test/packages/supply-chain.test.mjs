import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { auditVerdict } from '../../scripts/package-checks/audit.mjs';
import { INSTALL_SCRIPTS, installScriptProblems, licenceProblems, lockfileProblems, workflowProblems } from '../../scripts/package-checks/files.mjs';
import { noteProblems } from '../../scripts/package-checks/notes.mjs';
import { releaseWorkflowProblems } from '../../scripts/package-checks/release-workflow.mjs';
import { packages, root } from '../../scripts/packages.mjs';
import { releaseProblems } from '../../scripts/release-check.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const lock = JSON.parse(read('package-lock.json'));

describe('what is installed with us', () => {
  test('the lockfile is there, with a sum for each package and the address of none', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(lockfileProblems(lock)).toEqual([]);
  });

  test('one without a sum is found wherever it lies, beside what is our own', () => {
    const packages = { '': {}, 'packages/bridge': { version: '1.0.0' }, 'node_modules/tillbridge': { link: true }, 'node_modules/a': {}, 'packages/bridge/node_modules/b': {}, 'node_modules/c/node_modules/d': {} };
    expect(lockfileProblems({ packages })).toEqual(['node_modules/a has no integrity', 'packages/bridge/node_modules/b has no integrity', 'node_modules/c/node_modules/d has no integrity']);
  });

  test('every licence is one that our users can live with', () => {
    expect(licenceProblems(lock)).toEqual([]);
  });

  test('what runs a script at installation is on the list, each with its reason, and nothing else is', () => {
    expect(installScriptProblems(lock)).toEqual([]);
    for (const reason of Object.values(INSTALL_SCRIPTS)) expect(reason.length).toBeGreaterThan(20);
  });

  test('no package of ours runs one', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare'];
    for (const name of readdirSync(join(root, 'packages'))) {
      const { scripts = {} } = JSON.parse(read(`packages/${name}/package.json`));
      expect(Object.keys(scripts).filter((each) => hooks.includes(each)), name).toEqual([]);
    }
  });
});

test('each package says where its sources are: npm signs no statement of origin without it', () => {
  for (const name of readdirSync(join(root, 'packages'))) {
    const { repository } = JSON.parse(read(`packages/${name}/package.json`));
    expect(repository).toMatchObject({ type: 'git', directory: `packages/${name}` });
  }
});

describe('workflows', () => {
  test('ours pin every action to a commit and say which rights they need', () => {
    for (const name of readdirSync(join(root, '.github/workflows'))) expect(workflowProblems(name, read(`.github/workflows/${name}`))).toEqual([]);
  });

  const release = () => parse(read('.github/workflows/release.yml'));
  const publishing = (workflow) => workflow.jobs.publish.steps.find(({ run = '' }) => run.includes('npm publish'));

  test('the release checks first, can log in, signs what it publishes and carries the bill of materials', () => {
    expect(releaseWorkflowProblems(release())).toEqual([]);
  });

  test.each([
    ['a token that nothing reads', (w) => { publishing(w).run = 'npm publish --workspaces --provenance'; }, 'NODE_AUTH_TOKEN is set, and nothing reads it'],
    ['a line that reads what is not set', (w) => { publishing(w).env = {}; }, '.npmrc reads NODE_AUTH_TOKEN, which is not set'],
    ['no identity', (w) => { w.jobs.publish.permissions = { contents: 'read' }; }, 'without id-token: write'],
    ['no signed statement', (w) => { publishing(w).run = publishing(w).run.replace('--provenance', ''); }, 'npm publish without --provenance'],
    ['advisories after the fact', (w) => { w.jobs.publish.steps.push(...w.jobs.publish.steps.splice(3, 1)); }, 'audit.mjs --must does not run before npm publish'],
    ['a check that stops nothing', (w) => { w.jobs.publish.steps[2]['continue-on-error'] = true; }, 'a step does not stop what follows'],
    ['a bill that stays in the run', (w) => { delete w.jobs.release; }, 'no job after the publishing one attaches'],
    ['a bill under another name', (w) => { w.jobs.publish.steps.at(-1).with.name = 'other'; }, 'does not come from one job to the other'],
    ['a release that may not be written', (w) => { w.jobs.release.permissions = { contents: 'read' }; }, 'may not write to the release'],
    ['a build that may write', (w) => { w.jobs.publish.permissions.contents = 'write'; }, 'may write to the repository'],
  ])('%s is a problem', (_, spoil, problem) => {
    const workflow = release();
    spoil(workflow);
    expect(releaseWorkflowProblems(workflow).join('\n')).toContain(problem);
  });

  test('a token that setup-node writes down is read too', () => {
    const workflow = release();
    publishing(workflow).run = 'npm publish --workspaces --provenance';
    workflow.jobs.publish.steps.unshift({ uses: 'actions/setup-node@x', with: { 'registry-url': 'https://registry.npmjs.org' } });
    expect(releaseWorkflowProblems(workflow)).toEqual([]);
  });

  test('an action by its tag, missing rights and a stranger\'s change with our secrets are problems', () => {
    expect(workflowProblems('x.yml', 'on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n')).toHaveLength(3);
  });
});

describe('a change of what the packages export', () => {
  const note = '.changeset/quick-cats-run.md';

  test.each([
    [['api/core.md'], 1],
    [['api/core.md', '.changeset/README.md', 'CHANGELOG.md'], 1],
    [['api/core.md', note], 0],
    [['packages/core/src/index.ts', 'docs/api.md'], 0],
    [[], 0],
  ])('%s: %i problems', (changed, count) => {
    expect(noteProblems(changed)).toHaveLength(count);
  });

  test('the notes that wait for the next version name packages of ours and say something', () => {
    const names = new Set(packages.map(({ name }) => name));
    const notes = readdirSync(join(root, '.changeset')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    for (const name of notes) {
      const [, head = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(read(`.changeset/${name}`)) ?? [];
      const raised = Object.entries(parse(head) ?? {});
      expect(raised.length, name).toBeGreaterThan(0);
      for (const [named, kind] of raised) expect([names.has(named), ['major', 'minor', 'patch'].includes(kind)], `${name}: ${named}`).toEqual([true, true]);
      expect(text.trim().length, name).toBeGreaterThan(20);
    }
  });
});

describe('a tag', () => {
  const manifests = [{ name: 'a', version: '1.2.0' }, { name: 'b', version: '1.2.0' }];
  const changelog = '# Changelog\n\n## 1.2.0 (2026-11-22)\n\n- x\n';

  test('publishes the version that it names, and that the change log speaks of', () => {
    expect(releaseProblems('v1.2.0', manifests, changelog)).toEqual([]);
  });

  test.each([
    ['1.2.0', manifests, changelog, 'is no tag'],
    ['v1.3.0', manifests, changelog, 'a has version 1.2.0'],
    ['v1.2.0', [...manifests, { name: 'c', version: '1.1.9' }], changelog, 'c has version 1.1.9'],
    ['v1.2.0', manifests, '# Changelog\n\n## Unreleased\n', 'CHANGELOG.md has no part'],
    ['v1.2.0', manifests, '## 1.2.0-beta\n', 'CHANGELOG.md has no part'],
  ])('%s does not, where something else stands there', (tag, all, text, problem) => {
    expect(releaseProblems(tag, all, text)[0]).toContain(problem);
  });
});

describe('npm\'s advisories', () => {
  const answer = (severity) => ({ auditReportVersion: 2, vulnerabilities: { a: { via: ['b'] }, b: { via: [{ source: 12, name: 'b', title: 'it leaks', url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc', severity }] } } });
  const id = 'GHSA-aaaa-bbbb-cccc';

  test('none: fine', () => {
    expect(auditVerdict({ auditReportVersion: 2, vulnerabilities: {} }, [], '2026-11-22')).toEqual({ checked: true, problems: [], notes: [] });
  });

  test('high and critical stop a release, others are told', () => {
    for (const severity of ['high', 'critical']) expect(auditVerdict(answer(severity), [], '2026-11-22').problems).toEqual([`${id} (${severity}) in b: it leaks`]);
    expect(auditVerdict(answer('moderate'), [], '2026-11-22')).toMatchObject({ problems: [], notes: [`${id} (moderate) in b: it leaks`] });
  });

  test('one that was looked at is let pass until its day, and not after', () => {
    const accepted = [{ id, reason: 'not reached by us', until: '2026-12-01' }];
    expect(auditVerdict(answer('high'), accepted, '2026-12-01').problems).toEqual([]);
    expect(auditVerdict(answer('high'), accepted, '2026-12-02').problems).toHaveLength(1);
    expect(auditVerdict(answer('high'), [{ ...accepted[0], until: '2027-12-01' }], '2026-11-22').problems).toEqual([expect.stringContaining('30 days are the longest')]);
    expect(auditVerdict({ auditReportVersion: 2, vulnerabilities: {} }, accepted, '2026-11-22').problems).toEqual([expect.stringContaining('take it off the list')]);
  });

  test('an answer that is none was no check', () => {
    for (const nothing of [undefined, {}, { error: { code: 'ENOAUDIT', summary: 'the endpoint is not there' } }, { message: 'request failed' }]) {
      expect(auditVerdict(nothing, [], '2026-11-22')).toMatchObject({ checked: false, problems: [] });
    }
    expect(auditVerdict({ error: { summary: 'no such endpoint\nmore' } }, [], '2026-11-22').notes).toEqual(['not checked: no such endpoint']);
  });

  test('what is accepted has a reason and an end', () => {
    for (const each of JSON.parse(read('scripts/audit-accepted.json'))) {
      expect(each.id).toMatch(/^(GHSA(-[0-9a-z]{4}){3}|\d+)$/);
      expect(each.reason.length).toBeGreaterThan(20);
      expect(each.until).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
