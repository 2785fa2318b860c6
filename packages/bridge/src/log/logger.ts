import { Masked, TillbridgeError, type Log, type LogFields, type LogLevel } from '@tillbridge/core';
import pino, { type Logger } from 'pino';

export interface LogSettings {
  readonly level: LogLevel;
  /** null: stderr. */
  readonly file: string | null;
}

export interface ClosableLog extends Log {
  setLevel(level: LogLevel): void;
}

/** What may wait for a disk that takes nothing, in bytes; further lines are dropped. */
const MAX_UNWRITTEN = 1024 * 1024;

/** JSON lines. Masked values show masked; errors show name, code and message, their stack only at debug level. */
export function createLog(settings: LogSettings): ClosableLog {
  const destination = openDestination(settings.file);
  const logger = pino(
    {
      level: settings.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'event',
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
  return {
    ...wrap(logger),
    setLevel: (level) => {
      logger.level = level;
    },
  };
}

/** @throws {TillbridgeError} `TB_CONFIG_LOG_FILE` */
function openDestination(file: string | null): ReturnType<typeof pino.destination> {
  try {
    const destination = pino.destination({ dest: file ?? 2, sync: true, mkdir: true, maxLength: MAX_UNWRITTEN });
    // a full disk stops no sale: what cannot be logged is dropped
    destination.on('error', () => undefined);
    return destination;
  } catch (error) {
    const problem = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new TillbridgeError('TB_CONFIG_LOG_FILE', { path: file ?? 'stderr', problem }, { cause: error });
  }
}

function wrap(logger: Logger): Log {
  const write =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (logger.isLevelEnabled(level)) logger[level](plain(fields, logger.isLevelEnabled('debug')), event);
    };
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => wrap(logger.child(plain(fields, false))),
  };
}

function plain(fields: LogFields, stacks: boolean): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Masked) out[name] = value.masked;
    else if (value instanceof Error) out[name] = describe(value, stacks);
    else if (value !== undefined) out[name] = value;
  }
  return out;
}

function describe(error: Error, stacks: boolean): Record<string, unknown> {
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, message: error.message, ...(stacks ? { stack: error.stack } : {}) };
}
