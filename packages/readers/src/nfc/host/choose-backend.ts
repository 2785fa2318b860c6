import type { Clock } from '@tillbridge/core';
import { NfcFault, type NfcBackend } from '../backend/backend.js';
import { loadFrom } from '../backend/locate.js';
import type { NfcPcscModule } from '../backend/nfc-pcsc-binding.js';
import { NfcPcscBackend } from '../backend/nfc-pcsc.js';
import { PcscMiniBackend, type PcscMiniModule } from '../backend/pcsc-mini.js';
import type { PcscService } from '../service/pcsc-service.js';
import type { BackendChoice } from './protocol.js';

export interface Chosen {
  readonly backend: NfcBackend;
  /** Why nfc-pcsc was not taken. */
  readonly passedOver?: string;
}

type Load = typeof loadFrom;

/**
 * nfc-pcsc where it loads, else pcsc-mini, or the one that is named.
 * @throws {NfcFault} `missing` or `broken`; of two failures the one that tells more
 */
export function chooseBackend(choice: BackendChoice, folders: readonly string[], ports: { readonly clock: Clock; readonly service: PcscService; readonly platform: NodeJS.Platform }, load: Load = loadFrom): Chosen {
  const { clock, service, platform } = ports;
  const serviceRuns = (): Promise<boolean> => service.runs();
  const nfcPcsc = (): NfcBackend => new NfcPcscBackend(load(folders, 'nfc-pcsc').exports as NfcPcscModule, { clock, serviceRuns, platform });
  const pcscMini = (): NfcBackend => new PcscMiniBackend(load(folders, 'pcsc-mini').exports as PcscMiniModule, { serviceRuns, platform });
  if (choice === 'nfc-pcsc') return { backend: nfcPcsc() };
  if (choice === 'pcsc-mini') return { backend: pcscMini() };
  try {
    return { backend: nfcPcsc() };
  } catch (first) {
    if (!(first instanceof NfcFault)) throw first;
    try {
      return { backend: pcscMini(), passedOver: first.message };
    } catch (second) {
      throw first.kind === 'broken' || !(second instanceof NfcFault) || second.kind === 'missing' ? first : second;
    }
  }
}
