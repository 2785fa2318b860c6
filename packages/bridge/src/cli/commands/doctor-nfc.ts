import { silentLog, systemClock, TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { surveyNfc, type NfcSurvey } from '@tillbridge/readers/nfc';
import type { NfcReaderConfig } from '../../config/index.js';
import { nativeFolders } from '../../daemon/native-folders.js';
import type { Cli } from '../cli.js';
import { nfcInstallCommand } from '../nfc-install.js';

/** Driver, service and reader of one contactless reader, in the order in which they must be there. */
export async function nfcRows(cli: Cli, config: NfcReaderConfig): Promise<readonly ProbeRow[]> {
  const survey = await surveyNfc({ clock: systemClock, log: silentLog, folders: nativeFolders(cli.statePath) }, config.backend);
  return [driverRow(cli, config, survey), ...(survey.service ? readerRow(cli, config, survey) : [serviceRow(cli, config)])];
}

function driverRow(cli: Cli, { id: reader }: NfcReaderConfig, { driver, driverProblem }: NfcSurvey): ProbeRow {
  const id = `reader ${reader} driver`;
  const remedy = `${cli.say({ en: 'run', ru: 'выполните' })}: ${nfcInstallCommand(cli.statePath)}`;
  if (driver === undefined) return { level: 'fail', id, text: driverProblem ?? cli.say({ en: 'no NFC package is installed', ru: 'пакет NFC не установлен' }), remedy };
  return { level: 'ok', id, text: driverProblem === undefined ? driver : `${driver} (${driverProblem})` };
}

function serviceRow(cli: Cli, { id: reader }: NfcReaderConfig): ProbeRow {
  const error = new TillbridgeError('TB_READER_NFC_NO_SERVICE', { reader });
  return { level: 'fail', id: `reader ${reader} service`, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
}

function readerRow(cli: Cli, { id: reader, match }: NfcReaderConfig, { readers, driver }: NfcSurvey): readonly ProbeRow[] {
  if (driver === undefined) return [];
  const id = `reader ${reader}`;
  const wanted = match?.name.toLowerCase();
  const found = readers.filter(({ name, use }) => (wanted === undefined ? use === 'contactless' : use !== 'token' && name.toLowerCase().includes(wanted)));
  if (found.length > 0) return [{ level: 'ok', id, text: found.map(({ name }) => name).join(', ') }];
  const error = new TillbridgeError('TB_READER_NFC_NO_READER', { reader, match: match?.name ?? 'any', found: readers.map(({ name }) => name).join(', ') || '-' });
  return [{ level: 'fail', id, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) }];
}
