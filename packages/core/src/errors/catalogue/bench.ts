import { area } from '../entry.js';

/** Measuring the promises on a machine. */
export const benchErrors = area({
  TB_SCAN_BENCH_BROKEN: {
    retryable: true,
    en: { message: 'the measurement {part} broke off: {problem}', remedy: 'run `tillbridge doctor`, then measure again while nothing else runs' },
    ru: { message: 'измерение {part} прервалось: {problem}', remedy: 'выполните `tillbridge doctor`, затем повторите измерение, когда больше ничего не запущено' },
  },
});
