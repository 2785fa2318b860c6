import { configJsonSchema, formatProblem, pluginsOf, readConfig, showAsYaml, shownConfig } from '../../config/index.js';
import { RefusedConfigError } from '../../daemon/refused-config.js';
import { ExitError, type Cli } from '../cli.js';

/** All mistakes at once; warnings do not fail. */
export function check(cli: Cli): void {
  const path = cli.configPath;
  const loaded = readConfig(path, { env: process.env, language: cli.lang, state: cli.statePath });
  if (loaded.ok) {
    for (const warning of loaded.warnings) cli.err(formatProblem(warning));
    cli.result({ ok: true, path, warnings: loaded.warnings, problems: [] }, () => `ok ${path}`);
    return;
  }
  if (!cli.json) throw new RefusedConfigError(path, loaded.problems);
  cli.result({ ok: false, path, warnings: [], problems: loaded.problems }, () => '');
  throw new ExitError(2);
}

/** With the options of the plugins that the configuration names, where there is one. */
export async function schema(cli: Cli): Promise<void> {
  const loaded = await cli.optionalConfig().catch(() => undefined);
  cli.out(JSON.stringify(configJsonSchema(loaded === undefined ? [] : pluginsOf(loaded.config)), null, 2));
}

export async function show(cli: Cli): Promise<void> {
  const loaded = await cli.loadConfig();
  cli.result(shownConfig(loaded), () => showAsYaml(loaded).trimEnd());
}
