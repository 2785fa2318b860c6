import type { NativeComponent } from '../native/component.js';
import type { Value } from '../native/variant.js';

/**
 * How a configuration speaks to drivers: `classic` below revision 3000, `3.x` with one SetParameter a value, `4.3` with whole XML and the
 * DeviceID first in ConnectEquipment, `4.3-idLast` with it last; both orders exist.
 */
export type DriverProfile = 'classic' | '3.x' | '4.3' | '4.3-idLast';

/** A runtime error of the built-in language. */
export class OnecError extends Error {}

/** Settings of the equipment as an administrator fills them in. */
export type DriverSettings = Readonly<Record<string, string | number | boolean>>;

/** English and Russian names of the methods, as in the requirements for drivers. */
const METHODS = {
  GetInterfaceRevision: 'ПолучитьРевизиюИнтерфейса',
  GetVersion: 'ПолучитьНомерВерсии',
  GetDescription: 'ПолучитьОписание',
  GetLastError: 'ПолучитьОшибку',
  GetParameters: 'ПолучитьПараметры',
  SetParameter: 'УстановитьПараметр',
  Open: 'Подключить',
  Close: 'Отключить',
  DeviceTest: 'ТестУстройства',
  GetAdditionalActions: 'ПолучитьДополнительныеДействия',
  DoAdditionalAction: 'ВыполнитьДополнительноеДействие',
  EquipmentParameters: 'ПараметрыОборудования',
  ConnectEquipment: 'ПодключитьОборудование',
  DisconnectEquipment: 'ОтключитьОборудование',
  EquipmentTest: 'ТестированиеОборудования',
  SetApplicationInformation: 'УстановитьИнформациюПриложения',
  Confirm: 'Подтвердить',
} as const;

export type DriverMethod = keyof typeof METHODS;

export const EQUIPMENT_TYPE = 'СканерШтрихкода';

/** A driver as the equipment library sees it: methods by name, errors as 1C raises them. */
export class Driver {
  readonly profile: DriverProfile;
  readonly #component: NativeComponent;
  readonly #names: 'ru' | 'en';
  readonly #found = new Map<string, number>();

  constructor(component: NativeComponent, profile: DriverProfile, names: 'ru' | 'en') {
    this.#component = component;
    this.profile = profile;
    this.#names = names;
  }

  /** @throws {OnecError} for a method that is not there, too many parameters, or a call that fails. */
  async call(method: DriverMethod, ...params: readonly Value[]): Promise<{ readonly result: Value; readonly params: readonly Value[] }> {
    const name = this.#names === 'ru' ? METHODS[method] : method;
    const index = await this.#find(name);
    if (index < 0) throw new OnecError(`Метод объекта не обнаружен (${name})`);
    if ((await this.#component.paramCount(index)) !== params.length) throw new OnecError(`Неверное число параметров (${name})`);
    const called = await this.#component.callAsFunc(index, params);
    if (!called.ok) throw new OnecError(`Ошибка при вызове метода контекста (${name})`);
    return { result: called.result, params: called.params };
  }

  async has(method: DriverMethod): Promise<boolean> {
    return (await this.#find(this.#names === 'ru' ? METHODS[method] : method)) >= 0;
  }

  /** 2000 where the driver does not know the method. */
  async revision(): Promise<number> {
    const { result } = await this.call('GetInterfaceRevision').catch((error: unknown) => {
      if (error instanceof OnecError) return { result: 2000 };
      throw error;
    });
    return Number(result);
  }

  /** The description, as XML or as the seven values of a classic host. */
  async description(): Promise<readonly Value[]> {
    const out: Value[] = this.profile === 'classic' ? Array.from({ length: 7 }, () => undefined) : [undefined];
    return (await this.#checked('GetDescription', ...out)).params;
  }

  async parameters(): Promise<string> {
    const { params } = this.#whole ? await this.#checked('EquipmentParameters', EQUIPMENT_TYPE, undefined) : await this.#checked('GetParameters', undefined);
    return String(params.at(-1) ?? '');
  }

  /** Connects with these settings. @returns the DeviceID. @throws {OnecError} with the driver's own words where it refuses */
  async connect(settings: DriverSettings): Promise<string> {
    if (this.#whole) {
      const xml = settingsXml(settings);
      const { params } = this.profile === '4.3' ? await this.#checked('ConnectEquipment', undefined, EQUIPMENT_TYPE, xml) : await this.#checked('ConnectEquipment', EQUIPMENT_TYPE, xml, undefined);
      return String(this.profile === '4.3' ? params[0] : params[2]);
    }
    await this.#set(settings);
    const { params } = await this.#checked('Open', undefined);
    return String(params[0]);
  }

  async disconnect(deviceId: string): Promise<void> {
    await this.#checked(this.#whole ? 'DisconnectEquipment' : 'Close', deviceId);
  }

  /** The button "Test the equipment". */
  async test(settings: DriverSettings): Promise<{ readonly ok: boolean; readonly text: string }> {
    if (!this.#whole) await this.#set(settings);
    const { result, params } = this.#whole ? await this.call('EquipmentTest', EQUIPMENT_TYPE, settingsXml(settings), undefined, undefined) : await this.call('DeviceTest', undefined, undefined);
    return { ok: result === true, text: String(params.at(-2) ?? '') };
  }

  async #set(settings: DriverSettings): Promise<void> {
    if (this.profile !== 'classic') await this.#checked('SetParameter', 'EquipmentType', EQUIPMENT_TYPE);
    for (const [name, value] of Object.entries(settings)) await this.#checked('SetParameter', name, value);
  }

  get #whole(): boolean {
    return this.profile === '4.3' || this.profile === '4.3-idLast';
  }

  /** Boolean false is no exception: the host asks for the error and shows it. */
  async #checked(method: DriverMethod, ...params: readonly Value[]): Promise<{ readonly params: readonly Value[] }> {
    const called = await this.call(method, ...params);
    if (called.result === true) return called;
    const { params: said } = await this.call('GetLastError', undefined);
    throw new OnecError(String(said[0] ?? ''));
  }

  async #find(name: string): Promise<number> {
    const known = this.#found.get(name);
    if (known !== undefined) return known;
    const index = await this.#component.findMethod(name);
    this.#found.set(name, index);
    return index;
  }
}

/** `<Parameters>` as hosts of 4.3 write it: the type first, values as XML strings. */
function settingsXml(settings: DriverSettings): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const all: readonly (readonly [string, string | number | boolean])[] = [['EquipmentType', EQUIPMENT_TYPE], ...Object.entries(settings)];
  const rows = all.map(([name, value]) => `<Parameter Name="${escape(name)}" Value="${escape(String(value))}"/>`);
  return `<?xml version="1.0" encoding="UTF-8"?><Parameters>${rows.join('')}</Parameters>`;
}
