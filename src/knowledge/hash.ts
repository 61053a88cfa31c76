/** FNV-1a over whole numbers: codes of letters, or terms. */
export const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;

export const mixed = (hash: number, next: number): number => Math.imul(hash ^ next, HASH_FACTOR);

/** Of the letters from `start` to before `end`, `mixed` one after the other. */
export function hashOfPart(text: string, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = mixed(hash, text.charCodeAt(i));
  return hash;
}
