import { TillbridgeError, type ErrorBody, type Language } from '@tillbridge/core';
import { formatProblem, type ConfigProblem } from '../config/problem.js';

/** A configuration that cannot be started, with every mistake in it. */
export class RefusedConfigError extends TillbridgeError {
  /** Each `file:line:column key.path: what`. */
  readonly problems: readonly string[];
  /** The same with their places apart. */
  readonly found: readonly ConfigProblem[];

  constructor(path: string, problems: readonly ConfigProblem[]) {
    super('TB_CONFIG_INVALID', { path, count: problems.length });
    this.problems = problems.map(formatProblem);
    this.found = problems;
  }

  override body(language?: Language): ErrorBody {
    const { error } = super.body(language);
    return { error: { ...error, details: { ...error.details, problems: this.problems } } };
  }
}
