import { SaxesParser } from 'saxes';
import { OnecError } from '../client/driver.js';
import { readZip } from './zip.js';

/** What a driver's ZIP says of itself, after the checks of the form "Drivers of equipment". */
export interface DriverPackage {
  readonly progId: string;
  readonly equipmentType: string;
  readonly name: string;
  readonly version: string;
  /** The library for this system. */
  readonly library: { readonly fileName: string; readonly bytes: Buffer };
}

const NAMESPACE = 'http://v8.1c.ru/8.2/addin/bundle';

/** Opens a driver's ZIP as the equipment library does when an administrator uploads it. @throws {OnecError} */
export function openDriverPackage(zip: Buffer, os: 'Linux' | 'Windows' = 'Linux', arch: 'x86_64' | 'i386' = 'x86_64'): DriverPackage {
  const files = readZip(zip);
  const manifest = find(files, 'MANIFEST.XML');
  if (manifest === undefined) throw new OnecError('Файл не является архивом внешней компоненты: нет MANIFEST.XML');
  const info = find(files, 'INFO.XML');
  if (info === undefined) throw new OnecError('Нет INFO.XML: драйвер придётся описывать вручную');
  const components = elements(manifest.toString('utf8')).filter(({ name, uri }) => name === 'component' && uri === NAMESPACE);
  const fitting = components.find(({ attributes }) => attributes['os'] === os && attributes['arch'] === arch && attributes['type'] === 'native');
  const fileName = fitting?.attributes['path'];
  const bytes = fileName === undefined ? undefined : files.get(fileName);
  if (fileName === undefined || bytes === undefined) throw new OnecError(`В архиве нет компоненты для ${os} ${arch}`);
  const driver = elements(info.toString('utf8')).find(({ name }) => name === 'component')?.attributes ?? {};
  const { progid = '', type = '', name = '', version = '' } = driver;
  if (!/^AddIn\.[A-Za-z][\w.]*$/.test(progid)) throw new OnecError('В INFO.XML неверный progid');
  return { progId: progid, equipmentType: type, name, version, library: { fileName, bytes } };
}

function find(files: ReadonlyMap<string, Buffer>, name: string): Buffer | undefined {
  return [...files].find(([key]) => key.toUpperCase() === name)?.[1];
}

interface Element {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Partial<Record<string, string>>>;
}

function elements(xml: string): readonly Element[] {
  const found: Element[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', ({ local, uri, attributes }) => {
    found.push({ name: local, uri, attributes: Object.fromEntries(Object.values(attributes).map((each) => [each.local, each.value])) });
  });
  parser.on('error', (error) => {
    throw new OnecError(error.message);
  });
  parser.write(xml).close();
  return found;
}
