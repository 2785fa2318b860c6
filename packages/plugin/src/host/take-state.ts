import type { PartStatusKeeper } from '@tillbridge/core';
import type { ReadState } from '../wire/read-report.js';
import type { HostedPlugin } from './hosted-plugin.js';

/** A part's state as its plugin tells it: errors of the catalogue stay, foreign texts are cleaned. */
export function takeState({ status, reason, detail }: ReadState, keeper: PartStatusKeeper, host: HostedPlugin): void {
  keeper.set(status, reason === undefined ? undefined : host.error(reason), detail === undefined ? undefined : host.clean(detail));
}
