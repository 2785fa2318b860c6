import { TillbridgeError } from '@tillbridge/core';
import type { CloudAnswer, CloudProblem } from './judge.js';
import { OPERATIONS, type CloudOperationName } from './operations.js';

export interface CloudName {
  readonly till: string;
  readonly host: string;
}

type Make = (problem: CloudProblem, name: CloudName, operation: CloudOperationName) => TillbridgeError;

const unreachable: Make = (problem, name) => new TillbridgeError('TB_TILL_UNREACHABLE', { ...name, problem });
const answer: Make = (problem, name) => new TillbridgeError('TB_TILL_IIKO_CLOUD_ANSWER', { ...name, problem });
const limit: Make = (problem, name) => new TillbridgeError('TB_TILL_IIKO_CLOUD_LIMIT', { ...name, problem });

const ERRORS: Readonly<Record<CloudProblem, Make>> = {
  timeout: unreachable,
  refused: unreachable,
  tls: unreachable,
  connectionLost: unreachable,
  aborted: unreachable,
  serverTimeout: unreachable,
  serverError: unreachable,
  badAnswer: answer,
  gone: answer,
  declined: answer,
  limited: limit,
  circuitOpen: limit,
  login: (_problem, name) => new TillbridgeError('TB_TILL_IIKO_CLOUD_LOGIN', { ...name }),
  noRight: (_problem, name, operation) => new TillbridgeError('TB_TILL_IIKO_CLOUD_RIGHT', { ...name, right: OPERATIONS[operation].right }),
};

export function errorOfCloud({ problem }: Extract<CloudAnswer<unknown>, { ok: false }>, name: CloudName, operation: CloudOperationName): TillbridgeError {
  return ERRORS[problem](problem, name, operation);
}
