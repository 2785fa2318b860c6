// The NFC process: everything that talks to PC/SC, because the libraries for it can block, spin and crash, and the reading of cards, because
// their commands must follow each other closely. Started by the parent, fed over the pipe between them, silent everywhere else.
import { asTillbridgeError, systemClock, type TillbridgeError } from '@tillbridge/core';
import { serveHost } from '@tillbridge/child-host';
import { isWanted } from '../backend/allow.js';
import { NfcFault } from '../backend/backend.js';
import { describeError } from '../backend/card-errors.js';
import { compileChain, readCard } from '../chain/index.js';
import type { ChainConfig } from '../chain/types.js';
import { systemService } from '../service/pcsc-service.js';
import { CcidBus, ccidInterfaces } from './ccid-bus.js';
import { chooseBackend } from './choose-backend.js';
import { NfcHost, settingsReport } from './nfc-host.js';
import type { NfcProtocol, NfcSetup } from './protocol.js';
import { fromWire } from './wire-secrets.js';

serveHost<NfcProtocol>((setup, port) => {
  let host: NfcHost | undefined;
  try {
    host = compose(setup, port);
    void host.start();
  } catch (error) {
    if (error instanceof NfcFault) port.send({ kind: 'fault', fault: error.kind, problem: error.message });
    else port.send(settingsReport(settingsError(error)));
  }
  return { command: (command) => host?.command(command), close: () => host?.close() ?? Promise.resolve() };
});

function compose(setup: NfcSetup, port: ConstructorParameters<typeof NfcHost>[1]): NfcHost {
  // libpcsclite reads it when a context is made
  if (setup.socket !== undefined) process.env['PCSCLITE_CSOCK_NAME'] = setup.socket;
  const service = systemService(process.platform, setup.socket);
  const chain = compileChain(fromWire(setup.chain) as ChainConfig, systemClock);
  const { backend, passedOver } = chooseBackend(setup.backend, setup.folders, { clock: systemClock, service, platform: process.platform });
  const read: ConstructorParameters<typeof NfcHost>[0]['read'] = (session, signal) => readCard(session, chain, signal);
  const wanted = (reader: string): boolean => setup.listOnly !== true && isWanted(reader, setup.name);
  const bus: ConstructorParameters<typeof NfcHost>[0]['bus'] = (missed) => new CcidBus(systemClock, ccidInterfaces, missed);
  return new NfcHost({ backend, clock: systemClock, wanted, read, skip: setup.skip, inspect: setup.inspect, bus, ...(passedOver === undefined ? {} : { passedOver }) }, port);
}

function settingsError(error: unknown): TillbridgeError {
  return asTillbridgeError(error, 'TB_READER_NFC_SETTING', { setting: 'nfc', problem: describeError(error) });
}
