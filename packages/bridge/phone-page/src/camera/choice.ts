/** A camera as the browser names it. */
export interface CameraDevice {
  readonly id: string;
  readonly label: string;
}

const BACK = /back|rear|environment|задн|основн/i;
const FRONT = /front|user|face|facetime|передн|фронт/i;
/** One of several lenses, each alone: too far to focus on a card, or blind for anything but distance. */
const ODD = /telephoto|\btele\b|depth|infrared|\bir\b|virtual|телефото/i;
const WIDE = /ultra|сверхшироко/i;
/** Cameras made of several lenses change to the one that can focus: single main lenses of newer phones do not focus below 15 to 20 cm. */
const JOINED = /triple|dual wide|dual|тройн|двойн/i;

function rank({ label }: CameraDevice): number {
  if (FRONT.test(label)) return 6;
  if (ODD.test(label)) return 5;
  if (!BACK.test(label)) return 4;
  if (JOINED.test(label)) return 1;
  return WIDE.test(label) ? 3 : 2;
}

/** The cameras, the best for codes first; equally good ones in the browser's order. */
export function ranked(devices: readonly CameraDevice[]): readonly CameraDevice[] {
  return devices.map((device, index) => ({ device, index })).sort((a, b) => rank(a.device) - rank(b.device) || a.index - b.index).map(({ device }) => device);
}

/**
 * The camera to change to once labels are known (they are not before the first permission): the last one that the person chose, else one that
 * is surely better than the one that the browser picked, else none.
 */
export function better(devices: readonly CameraDevice[], current: string | undefined, wanted: string | undefined): string | undefined {
  const has = (id: string | undefined): boolean => id !== undefined && devices.some((device) => device.id === id);
  if (has(wanted)) return wanted === current ? undefined : wanted;
  const [best] = ranked(devices);
  const now = devices.find(({ id }) => id === current);
  if (best === undefined || best.id === current || best.label === '') return undefined;
  const isSurelyBetter = now === undefined || (rank(best) < rank(now) && (JOINED.test(best.label) || rank(now) >= 5));
  return isSurelyBetter ? best.id : undefined;
}
