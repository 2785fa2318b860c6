import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditVerdict } from '../../scripts/package-checks/audit.mjs';
import { INSTALL_SCRIPTS, installScriptProblems, licenceProblems, lockfileProblems, workflowProblems } from '../../scripts/package-checks/files.mjs';
import { root } from '../../scripts/packages.mjs';
import { releaseProblems } from '../../scripts/release-check.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const lock = JSON.parse(read('package-lock.json'));

describe('what is installed with us', () => {
  test('the lockfile is there, with a sum for each package and the address of none', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(lockfileProblems(lock)).toEqual([]);
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

  test('the release asks for the advisories, a bill of materials and npm\'s signed statement', () => {
    const release = read('.github/workflows/release.yml');
    for (const line of ['node scripts/release-check.mjs', 'bash .ci/run', 'node scripts/audit.mjs --must', 'node scripts/sbom.mjs', '--provenance', 'id-token: write']) expect(release).toContain(line);
    expect(release.indexOf('audit.mjs')).toBeLessThan(release.indexOf('npm publish'));
  });

  test('an action by its tag, missing rights and a stranger\'s change with our secrets are problems', () => {
    expect(workflowProblems('x.yml', 'on: pull_request_target\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n')).toHaveLength(3);
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
