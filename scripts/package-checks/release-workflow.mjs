// Whether the workflow that publishes can do so, and in the order that docs/supply-chain.md promises.

const BEFORE = ['node scripts/release-check.mjs', 'bash .ci/run', 'node scripts/audit.mjs --must', 'node scripts/sbom.mjs'];
const LOGIN = /_authToken=\$\{(\w+)\}/;

const rightsOf = (workflow, job) => job.permissions ?? workflow.permissions ?? {};
const runsOf = (job) => (job.steps ?? []).map(({ run = '' }) => run);

/** What is wrong with a release workflow, parsed from its YAML. */
export function releaseWorkflowProblems(workflow) {
  const jobs = Object.entries(workflow.jobs ?? {});
  const publishing = jobs.filter(([, job]) => runsOf(job).some((run) => run.includes('npm publish')));
  if (publishing.length !== 1) return [`${String(publishing.length)} jobs publish, and not one`];
  const [name, job] = publishing[0];
  return [...orderProblems(job), ...loginProblems(workflow, job), ...billProblems(workflow, jobs, name, job)];
}

function orderProblems(job) {
  const runs = runsOf(job);
  const at = runs.findIndex((run) => run.includes('npm publish'));
  const places = BEFORE.map((command) => runs.findIndex((run) => run.includes(command)));
  return [
    ...BEFORE.filter((_, i) => places[i] < 0 || places[i] >= at).map((command) => `${command} does not run before npm publish`),
    ...(places.every((place, i) => i === 0 || place > places[i - 1]) ? [] : ['the steps are in another order']),
    ...job.steps.filter((step) => step['continue-on-error'] !== undefined || step.if !== undefined).map((step) => `a step does not stop what follows, or may be left out: ${step.name ?? step.run ?? step.uses}`),
  ];
}

/** A token that nothing reads logs nobody in: npm takes it from a line of .npmrc, which setup-node or the step itself has to write. */
function loginProblems(workflow, job) {
  const step = job.steps.find(({ run = '' }) => run.includes('npm publish'));
  const rights = rightsOf(workflow, job);
  const env = { ...workflow.env, ...job.env, ...step.env };
  const read = LOGIN.exec(step.run.slice(0, step.run.indexOf('npm publish')))?.[1];
  const setUp = job.steps.some(({ uses = '', with: settings = {} }) => uses.startsWith('actions/setup-node@') && settings['registry-url'] !== undefined) ? 'NODE_AUTH_TOKEN' : undefined;
  const tokens = Object.entries(env).filter(([, value]) => String(value).includes('secrets.')).map(([variable]) => variable);
  return [
    ...(rights['id-token'] === 'write' ? [] : ['without id-token: write npm neither logs in as the run nor signs where a package was built']),
    ...(step.run.includes('--provenance') ? [] : ['npm publish without --provenance']),
    ...tokens.filter((variable) => variable !== read && variable !== setUp).map((variable) => `${variable} is set, and nothing reads it`),
    ...(read === undefined || env[read] !== undefined ? [] : [`.npmrc reads ${read}, which is not set`]),
    ...(rights.contents === 'write' ? ['the job that builds and publishes may write to the repository'] : []),
  ];
}

/** The bill of materials goes from the job that publishes to the release, by a job that may write there. */
function billProblems(workflow, jobs, publishing, job) {
  const file = runsOf(job).map((run) => /node scripts\/sbom\.mjs (\S+)/.exec(run)?.[1]).find((each) => each !== undefined);
  if (file === undefined) return [];
  const kept = job.steps.find(({ uses = '', with: settings = {} }) => uses.startsWith('actions/upload-artifact@') && settings.path === file)?.with.name;
  const attaching = jobs.filter(([, { needs }]) => [needs].flat().includes(publishing)).map(([, each]) => each).find((each) => runsOf(each).some((run) => /gh release upload/.test(run) && run.includes(file)));
  if (attaching === undefined) return ['no job after the publishing one attaches the bill of materials to the release'];
  const text = runsOf(attaching).join('\n');
  return [
    ...(kept !== undefined && text.includes(`--name ${kept}`) ? [] : ['the bill of materials does not come from one job to the other']),
    ...(rightsOf(workflow, attaching).contents === 'write' ? [] : ['the job that attaches the bill may not write to the release']),
    ...(attaching.steps.some(({ uses = '' }) => uses !== '') ? ['the job that may write to the repository runs an action'] : []),
  ];
}
