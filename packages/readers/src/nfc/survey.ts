import { sleep, type TillbridgeError } from '@tillbridge/core';
import { isNeverTouched, isWanted } from './backend/allow.js';
import type { BackendName } from './backend/backend.js';
import { loadFrom } from './backend/locate.js';
import { describeError } from './backend/card-errors.js';
import { HostLink } from './host/host-link.js';
import type { BackendChoice } from './host/protocol.js';
import type { NfcReaderContext } from './options.js';
import { systemService } from './service/pcsc-service.js';

/** A PC/SC reader of the machine. `other`: for contact cards, or unknown. `token`: never touched. */
export interface SurveyedReader {
  readonly name: string;
  readonly use: 'contactless' | 'other' | 'token';
}

/** What stands between the configuration and a card. */
export interface NfcSurvey {
  /** The package that would be used. */
  readonly driver?: BackendName;
  /** Why none can be, or the better one is not. */
  readonly driverProblem?: string;
  readonly service: boolean;
  readonly readers: readonly SurveyedReader[];
  readonly fault?: TillbridgeError;
}

/** PC/SC tells of its readers one by one; after this long they are all known, ms. */
const LIST_MS = 700;
const START_MS = 5000;

/** Looks at driver, service and readers; touches no card. Takes about a second, at most 7. */
export async function surveyNfc(context: NfcReaderContext, backend: BackendChoice = 'auto'): Promise<NfcSurvey> {
  const { clock, log, folders = [], spawn, random = Math.random, service = systemService() } = context;
  if (!(await service.runs())) return { service: false, readers: [], ...installed(folders, backend) };
  const socket = process.env['PCSCLITE_CSOCK_NAME'];
  const report: { driver?: BackendName; driverProblem?: string } = {};
  const host = new HostLink({
    reader: 'survey',
    setup: { backend, folders, chain: {}, skip: [], inspect: false, listOnly: true, ...(socket === undefined ? {} : { socket }) },
    clock,
    log,
    random,
    ...(spawn === undefined ? {} : { spawn }),
    onReport: (message) => {
      if (message.kind !== 'started') return;
      report.driver = message.backend;
      if (message.passedOver !== undefined) report.driverProblem = message.passedOver;
    },
  });
  await host.within(START_MS, () => host.started);
  if (host.fault === undefined) await sleep(clock, LIST_MS);
  const { fault, present } = host;
  await host.stop();
  return { service: true, readers: present.map(surveyed), ...report, ...(fault === undefined ? {} : { fault, driverProblem: fault.message }) };
}

function surveyed(name: string): SurveyedReader {
  return { name, use: isNeverTouched(name) ? 'token' : isWanted(name) ? 'contactless' : 'other' };
}

/** Without a service: only whether a package can be loaded. That loads no PC/SC yet, and blocks nothing. */
function installed(folders: readonly string[], backend: BackendChoice): Pick<NfcSurvey, 'driver' | 'driverProblem'> {
  const problems: string[] = [];
  for (const name of backend === 'auto' ? (['nfc-pcsc', 'pcsc-mini'] as const) : [backend]) {
    try {
      loadFrom(folders, name);
      return { driver: name, ...(problems.length === 0 ? {} : { driverProblem: problems.join('; ') }) };
    } catch (error) {
      problems.push(describeError(error));
    }
  }
  return { driverProblem: problems.join('; ') };
}
