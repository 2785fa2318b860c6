import { TillbridgeError } from '@tillbridge/core';
import type { PosProblem } from './client.js';

export interface PosServerName {
  readonly till: string;
  readonly host: string;
}

export function errorOfPos(problem: PosProblem, name: PosServerName): TillbridgeError {
  if (problem === 'login' || problem === 'fault') return new TillbridgeError('TB_TILL_IIKO_POS_LOGIN', { ...name });
  if (problem === 'badAnswer' || problem === 'serverError') return new TillbridgeError('TB_TILL_IIKO_POS_ANSWER', { ...name, problem });
  return new TillbridgeError('TB_TILL_UNREACHABLE', { ...name, problem });
}
