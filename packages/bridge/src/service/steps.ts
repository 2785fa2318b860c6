/** One thing that an installation does to the system; each is left alone when it is done already. */
export type Step =
  | { readonly do: 'write'; readonly path: string; readonly mode: number; readonly content: string }
  | { readonly do: 'remove'; readonly path: string }
  /** `unless`: a command that succeeds when there is nothing to do. `always`: also when no file changed. `optional`: a failure is no obstacle. */
  | { readonly do: 'run'; readonly argv: readonly string[]; readonly unless?: readonly string[]; readonly always?: boolean; readonly optional?: boolean };

export type StepResult = 'done' | 'already' | 'would' | 'skipped';

/** A step with what became of it. */
export interface StepReport {
  readonly step: string;
  readonly result: StepResult;
  /** The text of a file that was or would be written. */
  readonly content?: string;
}

/** What an installer needs of the machine; a test plays one. */
export interface Machine {
  /** `undefined`: there is no such file. */
  read(path: string): string | undefined;
  /** Whole or not at all. */
  write(path: string, content: string, mode: number): void;
  remove(path: string): void;
  /** Runs a program to its end. */
  run(argv: readonly string[]): { readonly ok: boolean; readonly problem: string };
}

/** What a step is called, the same in a dry run, a report and an error. */
export function stepName(step: Step): string {
  return step.do === 'run' ? step.argv.join(' ') : `${step.do} ${step.path}`;
}

export interface Applied {
  readonly reports: readonly StepReport[];
  /** The step that failed; what stands behind it was not tried. */
  readonly failed?: { readonly step: string; readonly problem: string };
}

/** Does the steps in order, or with `dryRun` says what it would do. Doing them again changes nothing. */
export function applySteps(machine: Machine, steps: readonly Step[], dryRun: boolean): Applied {
  const reports: StepReport[] = [];
  let changed = false;
  for (const step of steps) {
    const name = stepName(step);
    const note = (result: StepResult): void => {
      reports.push({ step: name, result, ...(step.do === 'write' ? { content: step.content } : {}) });
    };
    if (isDone(machine, step) || (step.do === 'run' && step.unless === undefined && step.always !== true && !changed)) {
      note('already');
      continue;
    }
    changed ||= step.do !== 'run';
    if (dryRun) {
      note('would');
      continue;
    }
    const problem = perform(machine, step);
    if (problem !== undefined && !(step.do === 'run' && step.optional === true)) return { reports, failed: { step: name, problem } };
    note(problem === undefined ? 'done' : 'skipped');
  }
  return { reports };
}

function isDone(machine: Machine, step: Step): boolean {
  switch (step.do) {
    case 'write':
      return machine.read(step.path) === step.content;
    case 'remove':
      return machine.read(step.path) === undefined;
    case 'run':
      return step.unless !== undefined && machine.run(step.unless).ok;
  }
}

function perform(machine: Machine, step: Step): string | undefined {
  try {
    switch (step.do) {
      case 'write':
        machine.write(step.path, step.content, step.mode);
        return undefined;
      case 'remove':
        machine.remove(step.path);
        return undefined;
      case 'run': {
        const { ok, problem } = machine.run(step.argv);
        return ok ? undefined : problem;
      }
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
