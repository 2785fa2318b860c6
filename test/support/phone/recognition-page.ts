import { DISTURBANCES } from './disturbances.js';
import { PRESENTATION, type Cell, type RecognitionResult } from './recognition-run.js';
import { FORMATS, type Format } from './symbols.js';

const NAMES: Readonly<Record<Format, string>> = { qr: 'QR', pdf417: 'PDF417', aztec: 'Aztec', datamatrix: 'Data Matrix', ean13: 'EAN-13', code128: 'Code 128' };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function cell(all: readonly Cell[], format: Format, disturbance: string): string {
  const found = all.find((each) => each.format === format && each.disturbance === disturbance);
  if (found === undefined || found.presentations === 0) return '';
  const share = Math.round((found.read / found.presentations) * 100);
  return found.read === 0 ? '0 %' : `${share} %, ${median(found.needed)}`;
}

function table(cells: readonly Cell[], held: string, name: (disturbance: string) => string): string {
  const rows = Object.keys(DISTURBANCES).map((each) => `| ${name(each)} | ${FORMATS.map((format) => cell(cells, format, each)).join(' | ')} |`);
  return [`| ${held} | ${FORMATS.map((format) => NAMES[format]).join(' | ')} |`, `|---|${FORMATS.map(() => '---|').join('')}`, ...rows].join('\n');
}

const MADE = '<!-- Made by `npm run proof -- 1 phone`: do not edit. -->';
const roundsOf = (cells: readonly Cell[]): number => Math.max(...cells.map(({ presentations }) => presentations));

/** docs/phone-recognition.md, whole. */
export function recognitionPage({ cells, frames, certain, wrong, misread, tortureFrames, emptyFrames }: RecognitionResult): string {
  const number = (value: number): string => value.toLocaleString('en');
  return `# What a phone's camera reads

${MADE}

The page's own decoder, preparations and votes, in Node.js, over made frames of 960 x 540: a card on a textured table, a hand that does not hold
still (2 degrees, 20 pixels), the sensor's noise of 3 shades. Each cell: how many of ${roundsOf(cells)} presentations were read within ${PRESENTATION} frames (0.7 s
at 30 frames a second; phones look at 10 to 30), and after how many frames in the middle. Linear codes need more by design: two frames that agree
for Code 128, three for EAN-13. По-русски: [phone-recognition.ru.md](phone-recognition.ru.md).

${table(cells, 'held', (each) => each)}

**Wrong reads: ${wrong.length}** in ${number(frames)} frames, in which ${number(certain)} codes were believed. Among the frames were ${number(tortureFrames)} of linear codes that
are tiny, blurred and noisy at once, and ${number(emptyFrames)} without a code (text, stripes, noise). Single frames that were misread and outvoted: ${number(misread)}.

What helps: hold the code about 20 cm away, fill the frame with it, switch the light on in the dark, use the zoom for small codes. What does not:
a code out of focus by more than half a module, or smaller than one and a half pixels a module. Real screens add reflections and moiré, which these
frames do not have.
`;
}

const RUSSIAN: Readonly<Record<string, string>> = {
  'clean, 4 px a module': 'чисто, 4 пикселя на модуль',
  'clean, 3 px': 'чисто, 3 пикселя',
  'turned 15°': 'повёрнут на 15°',
  'turned 30°': 'повёрнут на 30°',
  'turned 45°': 'повёрнут на 45°',
  'turned 60°': 'повёрнут на 60°',
  'turned 90°': 'повёрнут на 90°',
  'upside down': 'вверх ногами',
  'tilted 30°': 'наклонён на 30°',
  'tilted 50°': 'наклонён на 50°',
  'contrast 60 of 255': 'контраст 60 из 255',
  'contrast 30': 'контраст 30',
  'contrast 15': 'контраст 15',
  'small, 2 px': 'мелкий, 2 пикселя',
  'small, 1.5 px': 'мелкий, 1,5 пикселя',
  'small, 1.2 px': 'мелкий, 1,2 пикселя',
  'blur 0.4 module': 'размыт на 0,4 модуля',
  'blur 0.6 module': 'размыт на 0,6 модуля',
  'moving, 1 module a frame': 'движется, модуль за кадр',
  'light on dark': 'светлый на тёмном',
  'noise 12 of 255': 'шум 12 из 255',
};

/** docs/phone-recognition.ru.md, whole. */
export function recognitionPageInRussian({ cells, frames, certain, wrong, misread, tortureFrames, emptyFrames }: RecognitionResult): string {
  const number = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `# Что читает камера телефона

${MADE}

Декодер, подготовка кадров и голосование самой страницы, в Node.js, на построенных кадрах 960 x 540: карта на столе с узором, рука не держит
неподвижно (2 градуса, 20 пикселей), шум матрицы 3 оттенка. В ячейке: сколько из ${roundsOf(cells)} показов прочитано за ${PRESENTATION} кадра (0,7 с при 30 кадрах в секунду;
телефоны смотрят от 10 до 30) и на каком кадре в среднем (медиана). Линейным кодам нужно больше намеренно: два согласных кадра для Code 128,
три для EAN-13. In English: [phone-recognition.md](phone-recognition.md).

${table(cells, 'как показан', (each) => RUSSIAN[each] ?? each)}

**Неверных чтений: ${wrong.length}** на ${number(frames)} кадрах, принято кодов: ${number(certain)}. Среди кадров ${number(tortureFrames)} с линейными кодами, мелкими, размытыми и шумными
сразу, и ${number(emptyFrames)} без кода (текст, полосы, шум). Отдельных кадров, прочитанных неверно и отвергнутых: ${number(misread)}.

Что помогает: держать код примерно в 20 см, заполнить им рамку, включить свет в темноте, для мелких кодов — увеличение. Что не помогает: код, размытый больше
чем на полмодуля или мельче полутора пикселей на модуль. У настоящих экранов есть ещё блики и муар, которых в этих кадрах нет.
`;
}
