// Draws a configuration code as the scanners' manuals do: Code 128, behind FNC3 ("reader initialization", ISO/IEC 15417) where the maker has it there.
import bwipjs from 'bwip-js';

/** Millimetres a module: wide enough for an office printer and for a scanner at arm's length. */
const MODULE_MM = 0.33;
const SCALE = 2;

/** @param {{ fnc3: boolean, text: string }} code */
export function symbolSvg({ fnc3, text }) {
  // with `parsefnc` a caret begins a function character: one that is data would have to be doubled
  const data = text.replaceAll('^', '^^');
  const svg = bwipjs.toSVG({ bcid: 'code128', text: `${fnc3 ? '^FNC3' : ''}${data}`, parsefnc: true, scale: SCALE, height: 14, paddingwidth: 12, paddingheight: 3, backgroundcolor: 'FFFFFF' });
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  if (width === undefined) throw new Error('bwip-js draws otherwise than expected');
  const mm = (units) => `${((Number(units) / SCALE) * MODULE_MM).toFixed(1)}mm`;
  return `${svg.replace('<svg ', `<svg width="${mm(width)}" height="${mm(height)}" shape-rendering="crispEdges" `).trim()}\n`;
}
