import { decodeDriverLine, encodeMessage } from '../../../packages/adapter-1c/src/protocol/messages.js';
import { LineSplitter as DriverLines, MAX_LINE } from '../../../packages/adapter-1c/src/protocol/lines.js';
import { parseObject } from '../../../packages/adapter-1c/src/protocol/strict-json.js';
import { PLUGIN_CALLS } from '../../../packages/adapter-iiko/src/front/contract.js';
import { parseDevices, parseReads } from '../../../packages/adapter-iiko/src/front/reader-files.js';
import { cardText, isGtin, stripRead } from '../../../packages/adapter-iiko/src/normalise.js';
import * as cloud from '../../../packages/adapter-iiko/src/cloud/answers.js';
import { queriedCard, transactionsOf } from '../../../packages/adapter-rkeeper/src/farcards/request.js';
import { readAnswer, Rk7NotAnAnswer } from '../../../packages/adapter-rkeeper/src/rk7/answer.js';
import { readFunctions, readListVersion, readLocked, readMcr, readRestaurantCode } from '../../../packages/adapter-rkeeper/src/rk7/commands.js';
import { readOrderCards, readOrderList } from '../../../packages/adapter-rkeeper/src/rk7/order.js';
import { readOrderSale } from '../../../packages/adapter-rkeeper/src/rk7/order-sale.js';
import { readItems } from '../../../packages/adapter-rkeeper/src/rk7/reference.js';
import { readXml, XmlProblem, XmlReader, type XmlElement } from '../../../packages/adapter-rkeeper/src/xml/index.js';
import { readXmlStream } from '../../../packages/adapter-rkeeper/src/xml/read-stream.js';
import { jsonOf, JSON_WORDS, must, pieces, textOf, type FuzzTarget } from '../target.js';

const XML_WORDS = ['<RK7QueryResult Status="Ok">', '</RK7QueryResult>', '<CommandResult Status="Ok">', '<Visit visit="1">', '<Order guid="{A}" orderSum="100" discountSum="-10">', '</Order>', '<Dish code="1" price="100" quantity="1000"/>', '<Guest cardCode="1"/>', '<Discount cardCode="2" state="7"/>', '<Items>', '<Item Ident="1" Code="2" Name="x"/>', '<!DOCTYPE a>', '<![CDATA[', ']]>', '&lt;', '&#x41;', '&e;', '"', "'", '/>', '<TransactionsEx Card="1" Kind="0" Summa="-100"/>', '<QRY Card="12"/>'];

const sizeOf = (element: XmlElement, depth = 1): { readonly count: number; readonly depth: number } =>
  element.children.map((child) => sizeOf(child, depth + 1)).reduce((all, one) => ({ count: all.count + one.count, depth: Math.max(all.depth, one.depth) }), { count: 1, depth });

const rkeeperXml: FuzzTarget = {
  name: 'rkeeper-xml',
  maxBytes: 8192,
  throws: [XmlProblem],
  dictionary: XML_WORDS,
  run: async (input, random) => {
    const text = textOf(input);
    const limits = { maxLength: 6000, maxDepth: 12 };
    const whole = attemptXml(() => readXml(text, limits));
    const cut = attemptXml(() => {
      const reader = new XmlReader(limits);
      for (let at = 0; at < text.length; ) {
        const size = random.whole(1, 40);
        reader.write(text.slice(at, at + size));
        at += size;
      }
      return reader.end();
    });
    must(JSON.stringify(shown(cut)) === JSON.stringify(shown(whole)), 'where the text is cut makes a difference');
    await readXmlStream(streamed(pieces(input, random)), undefined, limits).catch((error: unknown) => {
      if (!(error instanceof XmlProblem)) throw error;
    });
    if (whole instanceof XmlProblem) return whole.problem;
    const { count, depth } = sizeOf(whole);
    must(depth <= limits.maxDepth && count <= text.length, 'a tree larger than its limits');
    return `elements ${String(Math.min(5, count))} depth ${String(Math.min(5, depth))}`;
  },
};

async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

function attemptXml(read: () => XmlElement): XmlElement | XmlProblem {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlProblem) return error;
    throw error;
  }
}

const shown = (result: XmlElement | XmlProblem): unknown => (result instanceof XmlProblem ? 'refused' : { ...result, attributes: [...result.attributes], children: result.children.map(shown) });

const rkeeperAnswer: FuzzTarget = {
  name: 'rkeeper-answer',
  maxBytes: 8192,
  throws: [XmlProblem, Rk7NotAnAnswer],
  dictionary: XML_WORDS,
  run: (input) => {
    const root = readXml(textOf(input));
    must((transactionsOf(root) ?? []).every(({ sum }) => Number.isSafeInteger(sum)), 'a sum that is none');
    const card = queriedCard(root);
    must(card !== '', 'an empty card is asked for');
    const answer = readAnswer(root);
    if (!answer.ok) return `fault ${answer.fault.kind}`;
    const sale = readOrderSale(answer.data);
    if (sale !== undefined && sale.lines.length > 0) {
      must(sale.lines.reduce((sum, { total }) => sum + total, 0) === sale.total, 'the lines of a sale do not add up to it');
      must(sale.lines.every(({ quantity, price }) => quantity > 0 && price >= 0), 'a line without a price or a quantity');
    }
    must((readOrderCards(answer.data)?.cards ?? []).every((one) => one.card !== ''), 'an empty card');
    must(readOrderList(answer.data).every(({ guid }) => guid !== ''), 'an order without an id');
    must(readItems(answer.data).every(({ ident }) => Number.isSafeInteger(ident)), 'a row without an ident');
    const others = [readMcr(answer.data).length, readFunctions(answer.data).size, readListVersion(answer.data), readLocked(answer.data), readRestaurantCode(answer.data)];
    return `${String(sale !== undefined)} ${String((sale?.lines.length ?? 0) > 0)} ${String(others[3])} ${String(card !== undefined)}`;
  },
};

const driverLines: FuzzTarget = {
  name: '1c-lines',
  maxBytes: 3 * MAX_LINE,
  dictionary: [...JSON_WORDS, '\n', '\r\n', '{"type":"hello","protocol":1,', '"token":"x"', '{"type":"status","id":"a","state":"queued"}\n', '{"type":"ping","n":1}\n', '{"type":"confirm","id":"a","state":"applied","text":""}\n'],
  run: (input, random) => {
    const linesOf = (chunks: readonly Uint8Array[]): readonly Buffer[] | 'broken' => {
      const splitter = new DriverLines();
      const lines: Buffer[] = [];
      for (const chunk of chunks) {
        const some = splitter.push(chunk);
        if (some === undefined) return 'broken';
        lines.push(...some);
      }
      return lines;
    };
    const cut = linesOf(pieces(input, random));
    const whole = linesOf([input]);
    must((cut === 'broken') === (whole === 'broken'), 'where the bytes are cut makes a difference');
    if (cut === 'broken' || whole === 'broken') return 'broken';
    must(Buffer.concat(cut).equals(Buffer.concat(whole)) && cut.length === whole.length, 'where the bytes are cut makes a difference');
    const kinds = new Set<string>();
    for (const line of whole) {
      must(line.length > 0 && line.length < MAX_LINE && !line.includes(0x0a), 'a line that is none');
      const message = decodeDriverLine(line);
      kinds.add(message?.type ?? (parseObject(line) === undefined ? 'no object' : 'none'));
      if (message?.type === 'ping') must(encodeMessage({ type: 'pong', n: message.n }).includes(String(message.n)), 'a count that is another');
    }
    return [...kinds].sort().join(' ');
  },
};

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001c\u001e\u001f\u007f]/;

const iikoRead: FuzzTarget = {
  name: 'iiko-read',
  maxBytes: 5000,
  dictionary: ['<barcode class="x.KeyboardDriver"/>', ';', '?', '?barcode', 'barcode', '%', '"', '\u200b', '\ufeff', '\u001d', '4601234567893', '<', '/>'],
  run: (input) => {
    const raw = textOf(input);
    const text = stripRead(raw);
    must(text.length <= raw.length && !CONTROL.test(text), 'the text of a read has what no read has');
    const [full = '', track1 = '', track2 = ''] = raw.split(';');
    const card = cardText({ full, track1, track2 });
    must(card.length <= raw.length, 'a card longer than its tracks');
    return `${String(isGtin(text))} ${String(text === raw)} ${String(text === '')} ${String(card === '')}`;
  },
};

const iikoFiles: FuzzTarget = {
  name: 'iiko-reader-files',
  maxBytes: 8192,
  dictionary: ['<DeviceType>', 'BarcodeScanner', 'MagneticCardReader', '</DeviceType>', 'type="', 'kind = "x.Scanner"', 'Card slided 1:', ', 2:', ', 3:', 'barcode', '<barcode class=', '=', '^', '\n'],
  run: (input) => {
    const text = textOf(input);
    const [devices, reads] = [parseDevices(text), parseReads(text)];
    must(reads.barcodes + reads.cards + reads.suspicious <= text.split('\n').length, 'more reads than lines');
    must(devices === undefined || devices.scanners + devices.cardReaders > 0, 'devices without any');
    return `${String(Math.min(2, devices?.scanners ?? -1))} ${String(reads.barcodes > 0)}${String(reads.cards > 0)}${String(reads.suspicious > 0)}`;
  },
};

const iikoBodies: FuzzTarget = {
  name: 'iiko-bodies',
  maxBytes: 8192,
  dictionary: [...JSON_WORDS, '"session":', '"action":', '"kind":"applyDiscountCard"', '"screen":"orderEdit"', '"orderId":', '"waitMs":1', '"organizations":', '"state":"Success"'],
  run: (input) => {
    const value = jsonOf(input);
    const schemas = [...Object.values(PLUGIN_CALLS).flatMap(({ body, answer }) => [body, answer]), cloud.organizationsAnswer, cloud.terminalGroupsAnswer, cloud.isAliveAnswer, cloud.guestAnswer, cloud.couponsAnswer, cloud.queuedAnswer, cloud.statusAnswer, cloud.ordersAnswer];
    const taken = schemas.map((schema) => schema.safeParse(value));
    taken.forEach((result, i) => must(!result.success || schemas[i]?.safeParse(JSON.parse(JSON.stringify(result.data))).success === true, 'what was read cannot be read again'));
    return taken.map(({ success }) => (success ? '1' : '0')).join('');
  },
};

export const tills: readonly FuzzTarget[] = [rkeeperXml, rkeeperAnswer, driverLines, iikoRead, iikoFiles, iikoBodies];
