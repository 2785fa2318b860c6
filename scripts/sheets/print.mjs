// The same sheets for a printer: one page a make, everything in one file, nothing loaded from anywhere. XHTML, so that a
// site of files hands it out as it is.
import { codeOf } from './data.mjs';
import { symbolSvg } from './symbol.mjs';
import { BASIS, WORDS } from './words.mjs';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const marked = (text) => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>').replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>');

const STYLE = `
  @page { size: A4; margin: 15mm }
  body { font: 11pt/1.4 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #000; background: #fff; max-width: 180mm; margin: 0 auto }
  section { break-after: page } section:last-child { break-after: auto }
  h1 { font-size: 18pt; margin: 0 0 3mm } h2 { font-size: 13pt; margin: 7mm 0 2mm; break-after: avoid }
  .way { break-inside: avoid } ol { margin: 0; padding-left: 7mm } li { margin: 0 0 5mm; break-inside: avoid }
  figure { margin: 1mm 0 0 } svg { display: block } .small { font-size: 9pt; color: #444 }
  code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace }`;

function wayHtml(sheet, way, language) {
  const words = WORDS[language];
  const items = way.scan.map((id) => {
    const code = codeOf(sheet, id);
    return `<li><b>${escaped(code.label)}</b> <span class="small">${escaped(code.text)} · ${BASIS[language][code.basis].replaceAll('`', '')}</span><figure>${symbolSvg(code).trim()}</figure></li>`;
  });
  const note = way.note === undefined ? '' : `<p class="small">${marked(way.note[language])}</p>`;
  return `<div class="way"><h2>${escaped(words.to[way.to])}</h2>${items.length === 0 ? '' : `<ol>${items.join('')}</ol>`}${note}</div>`;
}

export function printPage(sheets, language) {
  const words = WORDS[language];
  const sections = sheets.map((sheet) => [
    `<section><h1>${escaped(sheet.make)}</h1>`,
    `<p>${escaped(words.printNote)}</p>`,
    `<p class="small">${escaped(words.models)}: ${marked(sheet.models[language])}. ${escaped(words.manual)}: ${marked(sheet.manual[language])}. ${marked(words.steps[1])}</p>`,
    ...sheet.ways.map((way) => wayHtml(sheet, way, language)),
    '</section>',
  ].join('\n'));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="${language}">\n<head>\n<meta charset="UTF-8" />\n<title>${escaped(words.title)} · Tillbridge</title>\n<style>${STYLE}\n</style>\n</head>\n<body>\n${sections.join('\n')}\n</body>\n</html>\n`;
}
