/**
 * The key that a scanner types before each read, on Windows: there keys do not tell which keyboard they come from, and a key that no hand
 * types does. `STX` is Ctrl+B. `none`: told by pace alone, which holds back every key that is typed by hand for some hundredths of a second.
 */
export const HOOK_PREFIXES = ['F13', 'F14', 'F15', 'F16', 'F17', 'F18', 'F19', 'F20', 'F21', 'F22', 'F23', 'F24', 'STX', 'none'] as const;
export type HookPrefix = (typeof HOOK_PREFIXES)[number];
