import { useEffect, useRef, useState } from 'preact/hooks';
import { call, get, post } from '../../api/client';
import { useAction, type Action } from '../../api/use-action';
import { clock } from '../../clock';
import { language } from '../../i18n';
import { can } from '../../session';

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly revision: string;
  readonly readOnly?: string;
}

export interface Problem {
  readonly line: number;
  readonly column: number;
  readonly keyPath: string;
  readonly message: string;
}

export interface Checked {
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly hosts: readonly string[];
  readonly console?: string;
}

export interface Saved {
  readonly saved: boolean;
  readonly revision?: string;
  readonly backup?: string | null;
  readonly problems?: readonly Problem[];
  readonly reload?: { readonly ok: boolean; readonly changed?: readonly string[]; readonly restartNeeded?: readonly string[]; readonly error?: { readonly code: string; readonly message: string; readonly remedy: string } };
}

export interface Editor {
  /** Undefined until the file is here. */
  readonly base: ConfigFile | undefined;
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly dirty: boolean;
  /** Of the text as it stands here; undefined while it is looked at. */
  readonly checked: Checked | undefined;
  /** Longer than a request may be. */
  readonly tooLarge: boolean;
  /** What somebody else saved since. */
  readonly theirs: ConfigFile | undefined;
  readonly saved: Saved | undefined;
  /** Where the console is by the text that is in effect; undefined where nobody has looked yet. */
  readonly consoleNow: string | undefined;
  readonly load: Action<readonly [], void>;
  /** Over the text that is on the disk as far as this page knows: after a conflict that is theirs. */
  readonly save: Action<readonly [], void>;
  readonly takeTheirs: () => void;
}

/** What a request may have, less what JSON adds around the text, in bytes. */
const MAX_BYTES = 60 * 1024;
/** So long after the last key the text is checked, in ms. */
const CHECK_MS = 400;

const bytesOf = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;

/** The text of the configuration with what the daemon says of it. Nothing that was typed is ever thrown away by itself. */
export function useEditor(): Editor {
  const [base, setBase] = useState<ConfigFile>();
  const [text, setText] = useState('');
  const [checked, setChecked] = useState<Checked>();
  const [theirs, setTheirs] = useState<ConfigFile>();
  const [saved, setSaved] = useState<Saved>();
  const dirty = base !== undefined && text !== base.text;
  const tooLarge = bytesOf(text) > MAX_BYTES;
  const load = useAction(async (signal) => {
    const file = await get<ConfigFile>('/v1/config/file', { signal });
    setBase(file);
    setText(file.text);
    setTheirs(undefined);
  });
  useEffect(() => void load.run(), []);
  const [consoleNow, setConsoleNow] = useState<string>();
  // of what lies on the disk, and after each save again
  useEffect(() => {
    if (!dirty && checked?.console !== undefined) setConsoleNow(checked.console);
  }, [dirty, checked]);
  useCheck(base === undefined || tooLarge || !can('config:write') ? undefined : text, setChecked);
  const save = useAction(async (signal) => {
    const seen = theirs ?? base;
    if (seen === undefined) return;
    setSaved(undefined);
    try {
      const answer = await call<Saved>('PUT', '/v1/config/file', { body: { text, revision: seen.revision }, signal, timeoutMs: 30_000 });
      setSaved(answer);
      if (!answer.saved) return;
      setBase({ ...seen, text, revision: answer.revision ?? seen.revision });
      setTheirs(undefined);
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== 'TB_CONFIG_CHANGED') throw error;
      setTheirs(await get<ConfigFile>('/v1/config/file', { signal }));
    }
  });
  const takeTheirs = (): void => {
    if (theirs === undefined) return;
    setBase(theirs);
    setText(theirs.text);
    setTheirs(undefined);
  };
  return { base, text, setText, dirty, checked, tooLarge, theirs, saved, consoleNow, load, save, takeTheirs };
}

/** Asks what is wrong with a text when the typing rests. */
function useCheck(text: string | undefined, put: (checked: Checked | undefined) => void): void {
  const latest = useRef(put);
  latest.current = put;
  useEffect(() => {
    latest.current(undefined);
    if (text === undefined) return undefined;
    const leave = new AbortController();
    const ask = async (): Promise<void> => {
      try {
        latest.current(await post<Checked>('/v1/config/check', { text }, { signal: leave.signal }));
      } catch {
        // the save says what is wrong; here it would flicker under the fingers
      }
    };
    const cancel = clock.timer(CHECK_MS, () => void ask());
    return () => {
      cancel();
      leave.abort();
    };
  }, [text, language.value]);
}
