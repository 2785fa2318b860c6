// The words around the figures, in both languages.

/** Russian has three forms after a number: 1 ядро, 4 ядра, 8 ядер. */
const PLURAL = new Intl.PluralRules('ru');
const CORES = { one: 'ядро', few: 'ядра', many: 'ядер', other: 'ядра' };
/** Units as the results name them; what is not here is the same in both languages. */
const UNITS = { us: 'мкс', ms: 'мс', s: 'с', MiB: 'МиБ', GiB: 'ГиБ', 'rows/s': 'строк/с', '/s': '/с', x: '×' };

const machineOf = ({ processor, cores, memoryGiB, system, disk, node }) => `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}, ${disk}, Node.js ${node}`;
const machineRu = ({ processor, cores, memoryGiB, system, disk, node }) =>
  `${processor}, ${cores} ${CORES[PLURAL.select(cores ?? 0)]}, ${memoryGiB} ГиБ, ${system}, ${(disk ?? '').replace(' on ', ' на ')}, Node.js ${node}`;

export const WORDS = {
  en: {
    title: 'Every promise, how it is tested, and the last figures',
    intro: `По-русски: [promises.ru.md](promises.ru.md). Written by \`node scripts/promises-page.mjs\` out of the results of [\`npm run bench\`](../bench/README.md) (bounds of time and size) and
\`npm run proof\` ([report](../test/proof/report.md): the full counts). A test keeps it in step with them and sees that every file it names is there. Method, and what was done for the
figures: [performance.md](performance.md).`,
    measuredOn: (m) => `Last whole run of the bench: ${m.on}, ${machineOf(m)}. A figure without a date is of that run; proofs carry theirs.`,
    brokenTitle: (count) => (count === 0 ? 'What does not hold' : `What does not hold: ${count}`),
    unmeasuredTitle: 'What was not measured in the last runs',
    allMeasured: 'Nothing.',
    allHold: 'Every promise that was measured held in the last runs.',
    head: ['promise', 'tested by', 'last figures'],
    notMeasured: 'not measured in the last run',
    promised: 'promised',
    kept: 'holds',
    proofOf: 'The proof of a part:',
    others: 'Proofs of single parts',
    missed: 'does not hold',
    missedBy: (percent) => `does not hold by ${percent} %`,
    unit: (unit) => unit,
    decimal: (text) => text,
    atScale: (scale) => `at ${scale} of the full counts`,
    outro: `Real devices, tills, platforms and Windows were not there: what was tried on what is in the [README](../README.md#what-is-supported-and-how-we-know). A bound of the bench is
a measurement on one machine and no test: on a busy one the p99 lines measure the neighbours.`,
  },
  ru: {
    title: 'Каждое обещание, как оно проверяется, и последние цифры',
    intro: `In English: [promises.md](promises.md). Страницу пишет \`node scripts/promises-page.mjs\` из результатов [\`npm run bench\`](../bench/README.md) (границы времени и размеров) и
\`npm run proof\` ([отчёт](../test/proof/report.md): полные количества). Тест следит, чтобы она им соответствовала и чтобы каждый названный файл существовал. Метод и что сделано ради этих
цифр: [performance.md](performance.md).`,
    measuredOn: (m) => `Последний полный прогон замеров: ${m.on}, ${machineRu(m)}. Цифра без даты — из него; у доказательств дата своя.`,
    brokenTitle: (count) => (count === 0 ? 'Что не выполняется' : `Что не выполняется: ${count}`),
    unmeasuredTitle: 'Что в последних прогонах не измерялось',
    allMeasured: 'Ничего.',
    allHold: 'Все измеренные обещания в последних прогонах выполнены.',
    head: ['обещание', 'чем проверяется', 'последние цифры'],
    notMeasured: 'в последнем прогоне не измерялось',
    promised: 'обещано',
    kept: 'выполнено',
    proofOf: 'Доказательство части:',
    others: 'Доказательства отдельных частей',
    missed: 'не выполнено',
    missedBy: (percent, atLeast) => (atLeast ? `не хватает ${percent} %` : `превышено на ${percent} %`),
    unit: (unit) => UNITS[unit] ?? unit,
    // 100,000.5 in Russian: 100 000,5
    decimal: (text) => text.replaceAll(',', '\u00a0').replace('.', ','),
    atScale: (scale) => `${String(scale).replace('.', ',')} полного количества`,
    outro: `Настоящих устройств, касс, платформ и Windows не было: что на чём испытано, сказано в [README](../README.md#what-is-supported-and-how-we-know). Граница замера —
измерение на одной машине, а не тест: на занятой машине строки p99 показывают соседей.`,
  },
};
