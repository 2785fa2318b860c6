import { encodeFrame, FrameSplitter as ChildFrames } from '../../../packages/child-host/src/frames.js';
import { framed, FrameSplitter as AgentFrames, MAX_GREETING } from '../../../packages/bridge/src/agent/frames.js';
import { decodeGreeting, encodeGreeting } from '../../../packages/bridge/src/agent/greeting.js';
import { decodeAgentMessage, decodeDaemonMessage, errorOfWire } from '../../../packages/bridge/src/agent/messages.js';
import { Opener } from '../../../packages/bridge/src/agent/sealed.js';
import { LineFrames, MAX_MESSAGE_BYTES } from '../../../packages/plugin/src/wire/line-frames.js';
import { readUpward } from '../../../packages/plugin/src/wire/read-report.js';
import { decodeMessage, decodePair, decodeSession, decodeText, encodeHeader, encodeNamed, encodeText } from '../../../packages/phone-link/src/wire/envelope.js';
import { decodeInvitation, encodeInvitation } from '../../../packages/phone-link/src/wire/invitation.js';
import { readPath } from '../../../packages/phone-link/src/wire/paths.js';
import { readPairAnswer, readSessionAnswer, readTillAnswer } from '../../../packages/phone-link/src/wire/read-answers.js';
import { cleanName, readPairRequest, readPhoneRequest, scanBytes } from '../../../packages/phone-link/src/wire/read-texts.js';
import { fromBase64url, fromHex, toBase64url, toHex } from '../../../packages/phone-link/src/wire/bytes.js';
import { readInvitation } from '../../../packages/phone-link/src/phone/phone-client.js';
import { decodeHead, encodeHead } from '../../../packages/store/src/journal/head-file.js';
import { LineSplitter as JournalLines } from '../../../packages/store/src/journal/line-splitter.js';
import { fieldsOf, JSON_WORDS, must, pieces, textOf, type FuzzTarget } from '../target.js';

/** What a splitter gives, or that it refused; cut anywhere it must be the same. */
function cutMakesNoDifference(whole: () => unknown, cut: () => unknown): unknown {
  const seen = (read: () => unknown): readonly unknown[] => {
    try {
      return [read()];
    } catch (error) {
      if (error instanceof RangeError || error instanceof SyntaxError) return ['refused', error.name];
      throw error;
    }
  };
  const [a, b] = [seen(whole), seen(cut)];
  must(a[0] === 'refused' || b[0] === 'refused' ? a[0] === b[0] : JSON.stringify(a) === JSON.stringify(b), 'where the bytes are cut makes a difference');
  return a[0];
}

const childFrames: FuzzTarget = {
  name: 'child-frames',
  maxBytes: 4096,
  dictionary: [...JSON_WORDS, Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 4), Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 2), '{"kind":"beat"}', '{"kind":"report","report":{}}', 'null', '1', encodeFrame({ kind: 'report', report: { say: 'read', bytes: Uint8Array.of(1, 2) } })],
  run: (input, random) => {
    const result = cutMakesNoDifference(
      () => new ChildFrames(2048).push(Uint8Array.from(input)),
      () => {
        const splitter = new ChildFrames(2048);
        return pieces(input, random).flatMap((piece) => splitter.push(piece));
      },
    );
    return Array.isArray(result) ? `messages ${String(Math.min(3, result.length))}` : 'refused';
  },
};

const NO_KEY = Buffer.alloc(32, 7);

const agentFrames: FuzzTarget = {
  name: 'agent-frames',
  maxBytes: 4096,
  dictionary: [...JSON_WORDS, Uint8Array.of(0, 0, 0, 2), '"kind":"challenge"', '"t":"open","n":1', '"wire":1', '"nonce":', '0'.repeat(64), '"t":"typed"', framed(Buffer.from('{"kind":"refused","reason":"key"}'))],
  run: (input, random) => {
    const framesOf = (chunks: readonly Uint8Array[]): readonly Buffer[] | 'broken' => {
      const splitter = new AgentFrames();
      const frames: Buffer[] = [];
      for (const chunk of chunks) {
        const fine = splitter.push(Buffer.from(chunk), (frame) => {
          frames.push(Buffer.from(frame));
          return true;
        });
        if (!fine) return 'broken';
      }
      return frames;
    };
    const [whole, cut] = [framesOf([input]), framesOf(pieces(input, random))];
    must((whole === 'broken') === (cut === 'broken'), 'where the bytes are cut makes a difference');
    if (whole === 'broken' || cut === 'broken') return 'broken';
    must(Buffer.concat(whole).equals(Buffer.concat(cut)) && whole.length === cut.length, 'where the bytes are cut makes a difference');
    const kinds = new Set<string>();
    for (const frame of [input, ...whole]) {
      must(frame === input || frame.length <= MAX_GREETING, 'a frame longer than allowed');
      const greeting = decodeGreeting(frame);
      if (greeting !== undefined) must(JSON.stringify(decodeGreeting(encodeGreeting(greeting))) === JSON.stringify(greeting), 'written again it is another greeting');
      const message = decodeAgentMessage(textOf(frame)) ?? decodeDaemonMessage(textOf(frame));
      if (message?.t === 'notOpened') errorOfWire(message.error);
      must(new Opener(NO_KEY).open(Buffer.from(frame)) === undefined, 'what nobody sealed was opened');
      kinds.add(greeting?.kind ?? message?.t ?? 'none');
    }
    return [...kinds].sort().join(' ');
  },
};

const pluginLines: FuzzTarget = {
  name: 'plugin-lines',
  maxBytes: 8192,
  dictionary: [...JSON_WORDS, '\n', '{"kind":"beat"}\n', '{"kind":"report","report":{"say":"quiet"}}\n', '"say":"read"', '"bytes":"MTIz"', '"n":1', '"problem":{"message":"x"}'],
  run: (input, random) => {
    const linesOf = (chunks: readonly Uint8Array[]): readonly string[] => {
      const frames = new LineFrames();
      const lines = chunks.flatMap((chunk) => frames.push(chunk));
      must(!frames.broken, `refused below ${String(MAX_MESSAGE_BYTES)} bytes`);
      return lines;
    };
    const whole = linesOf([input]);
    must(JSON.stringify(linesOf(pieces(input, random))) === JSON.stringify(whole), 'where the bytes are cut makes a difference');
    const kinds = new Set<string>();
    for (const line of whole) {
      const read = readUpward(line);
      kinds.add(read === undefined ? 'none' : read.kind === 'report' ? read.report.say : read.kind);
      if (read !== undefined) must(readUpward(JSON.stringify(read)) !== undefined, 'what was read cannot be read again');
    }
    return [...kinds].sort().join(' ');
  },
};

const phoneEnvelope: FuzzTarget = {
  name: 'phone-envelope',
  maxBytes: 8192,
  dictionary: [Uint8Array.of(1), 'abcdefgh', 'abcdefghijkl', new Uint8Array(8), new Uint8Array(48), '{"v":1}', '"v":1', '\ufeff', ...JSON_WORDS],
  run: (input) => {
    const [pair, session, message] = [decodePair(input), decodeSession(input), decodeMessage(input)];
    for (const named of [pair, session]) must(named === undefined || Buffer.from(encodeNamed(named)).equals(input), 'written again it is another envelope');
    if (message !== undefined) {
      must(Buffer.from(encodeHeader(message.sid, message.counter)).equals(message.header), 'written again it is another header');
      must(message.header.length + message.sealed.length === input.length, 'bytes of an envelope were lost');
    }
    const text = decodeText(input);
    if (text !== undefined) must(JSON.stringify(decodeText(encodeText(text))) === JSON.stringify(text), 'written again it is another text');
    return [pair, session, message, text].map((each) => (each === undefined ? '0' : '1')).join('');
  },
};

const phoneTexts: FuzzTarget = {
  name: 'phone-texts',
  maxBytes: 4096,
  dictionary: [...JSON_WORDS, '"t":"scan"', '"t":"tick"', '"t":"ask"', '"id":"AAAAAAAAAAAAAAAAAAAAAA"', '"run":"abcdefgh"', '"tick":1', '"code":"9812"', '"hex":"00ff"', '"sym":"qr"', '"st":"done"', '"outcome":"sent"', '"card":{"name":"x","tills":[],"formats":[]}', '"state":"paired"', '\\u202e'],
  run: (input) => {
    const fields = fieldsOf(input);
    if (fields === undefined) return 'no object';
    const request = readPhoneRequest(fields);
    if (request?.t === 'scan') {
      must((request.code === undefined) !== (request.hex === undefined), 'a scan with two codes or none');
      const bytes = scanBytes(request);
      must(bytes === undefined || (bytes.length > 0 && bytes.length <= 3072), 'a scan that is too long');
    }
    if (request !== undefined) must(JSON.stringify(readPhoneRequest({ ...request })) === JSON.stringify(request), 'read again it is another request');
    const { name, model } = readPairRequest(fields);
    for (const word of [name, model]) must(cleanName(word) === word && !/[\p{Cc}\p{Cf}]/u.test(word), 'a name that is not clean');
    const answers = [readPairAnswer(fields), readSessionAnswer(fields), readTillAnswer(fields)];
    return `${request?.t ?? 'none'} ${answers.map((each) => (each === undefined ? '0' : '1')).join('')}`;
  },
};

const phoneWords: FuzzTarget = {
  name: 'phone-words',
  maxBytes: 400,
  dictionary: ['#', 'AQ', '-', '_', '=', '/v1/to/', '/v1/at/', 'abcdefghijklmnop', '/scan', 'https://till.local:7845/#', '00ff'],
  run: (input) => {
    const text = textOf(input);
    const invitation = decodeInvitation(text);
    if (invitation !== undefined) must(encodeInvitation(invitation) === text.replace(/^#/, ''), 'written again it is another invitation');
    const [bytes, hex, path] = [fromBase64url(text), fromHex(text), readPath(text)];
    must(bytes === undefined || toBase64url(bytes) === text, 'two texts for the same bytes');
    must(hex === undefined || toHex(hex) === text.toLowerCase(), 'written again it is another text');
    if (invitation !== undefined) must(/^\d{4}$/.test(readInvitation(text).code), 'a code that is not four digits');
    return [invitation, bytes, hex, path].map((each) => (each === undefined ? '0' : '1')).join('');
  },
};

const journalLines: FuzzTarget = {
  name: 'journal-lines',
  maxBytes: 2048,
  dictionary: ['\n', '\r\n', Uint8Array.of(0xd0), 'tillbridge-journal-head-1 ', '0'.repeat(64), ' 12 '],
  run: (input, random) => {
    const result = cutMakesNoDifference(
      () => new JournalLines(600).push(input),
      () => {
        const splitter = new JournalLines(600);
        return pieces(input, random).flatMap((piece) => splitter.push(piece));
      },
    );
    const text = Buffer.from(input).toString('latin1');
    const head = decodeHead(text);
    if (typeof head === 'object') must(decodeHead(encodeHead(head)) !== 'damaged', 'a head that cannot be read again');
    return `${Array.isArray(result) ? String(Math.min(3, result.length)) : 'refused'} ${typeof head === 'object' ? 'head' : head}`;
  },
};

export const wires: readonly FuzzTarget[] = [childFrames, agentFrames, pluginLines, phoneEnvelope, phoneTexts, phoneWords, journalLines];
