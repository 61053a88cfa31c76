/** The only words that are heard in a chat group: those by which an office makes it its own, and ends that. */
import { foldedWords } from "../core/text";

const BIND = "lien ket nhom";
const END = "bo lien ket nhom";
/** A code with a slip in it is still one; anything much shorter or longer is talk. */
const ONE_PIECE = /^[0-9a-z]{6,10}$/;
/** Copied off a letter in pieces: only with a digit is it no word. */
const PIECES = /^(?=.*\d)[0-9a-z]{8}$/;
/** How the platform writes that somebody is spoken to. */
const MENTION = /\[@[^\]]*\]/g;

export type GroupWords = { readonly kind: "bind"; readonly code: string } | { readonly kind: "end" };

/** Null for everything else that people say among themselves. */
export function groupWordsIn(text: string): GroupWords | null {
  const folded = foldedWords(text.replace(MENTION, " "));
  if (folded === END) return { kind: "end" };
  if (!folded.startsWith(`${BIND} `)) return null;
  const rest = folded.slice(BIND.length + 1);
  const joined = rest.replaceAll(" ", "");
  const isCode = joined === rest ? ONE_PIECE.test(rest) : PIECES.test(joined);
  return isCode ? { kind: "bind", code: joined.toUpperCase() } : null;
}
