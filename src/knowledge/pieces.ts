/**
 * Texts are read piece by piece, and pieces are remembered: a hundred thousand texts are made of a few thousand.
 * A piece stands between two spaces; the names of papers and the dates reach over several, which are read together.
 */
import { normalise } from "../core/text";
import { HASH_START, hashOfPart, mixed } from "./hash";
import { holdsName, holdsTitle, holdsWordBeside, isKnownAlone, nameReferences } from "./references";
import { TextTable } from "./text-table";
import { tokensIn, wordsOfToken, type Word } from "./words";

/** A piece, or a name or a date of several. */
export interface Piece {
  /** In the order of the book, or -1 when it does not stand in it. */
  readonly number: number;
  readonly words: readonly Word[];
  /** What it may be of a name or a date of several pieces. */
  readonly roles: number;
}

/** Bits; none for most pieces. Signs stand between a name and its number: "nghị quyết: 30", "30 %". */
const ROLE = { figures: 1, name: 2, title: 4, beside: 8 };

const isNameOrDate = (roles: number): boolean =>
  (roles & ROLE.title) !== 0 || ((roles & ROLE.figures) !== 0 && (roles & ROLE.name) !== 0);

/** Longer texts are cut: nobody asks in more words, and the time to answer stays bounded. */
const LONGEST_TEXT = 4_000;
/** A letter and its marks, taken apart. */
const LONGEST_LETTER = 3;

const DATE_IN_WORDS = /(?<!\d)(\d{1,2}) (?:tháng|thang) (\d{1,2})(?: (?:năm|nam) (\d{4}))?(?!\d)/gu;
const DATE_WITH_DASHES = /(?<![\d-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\d-])/gu;
const WORD_OF_DATE = /(?<!\p{L})(?:tháng|thang|năm|nam)(?!\p{L})/u;

const withPlainDates = (text: string): string =>
  text
    .replace(DATE_WITH_DASHES, "$1/$2/$3")
    .replace(DATE_IN_WORDS, (_, day: string, month: string, year: string | undefined) =>
      [day, month, year].filter((part) => part !== undefined).join("/"),
    );

/** Upper case tells artificial intelligence from "who". */
const spellOutAi = (text: string): string =>
  (text.includes("AI") || text.includes("A.I")) && /\p{Ll}/u.test(text)
    ? text.replace(/(?<!\p{L})A\.?I(?![\p{L}\p{M}])/gu, " trí tuệ nhân tạo ")
    : text;

const cut = (text: string): string =>
  text.length <= LONGEST_TEXT
    ? text
    : normalise(text.slice(0, LONGEST_TEXT * LONGEST_LETTER)).slice(0, LONGEST_TEXT);

const rolesOf = (text: string): number =>
  (/\d/.test(text) ? ROLE.figures : 0) |
  (isKnownAlone(text) || holdsName(text) || WORD_OF_DATE.test(text) ? ROLE.name : 0) |
  (holdsTitle(text) ? ROLE.title : 0) |
  (!/^\p{L}/u.test(text) || holdsWordBeside(text) || WORD_OF_DATE.test(text) ? ROLE.beside : 0);

const SPACE = 0x20;
const NOT_KEPT = -1;

/** Reads texts and remembers their pieces until it is closed. */
export class PieceBook {
  private readonly table = new TextTable();
  private readonly pieces: Piece[] = [];
  private readonly tokens = new Map<string, readonly Word[]>();
  /** Lists to work with. */
  private readonly waiting: Piece[] = [];
  private readonly found: Piece[] = [];
  private isOpen = true;

  /** What is read from here on is forgotten. */
  close(): void {
    this.isOpen = false;
  }

  /** The pieces of a text in order. The list is filled anew for the next text. */
  read(raw: string): readonly Piece[] {
    const text = spellOutAi(cut(raw));
    const { waiting, found } = this;
    found.length = 0;
    /** How many pieces may belong together, from `first` on, and all that they may be. */
    let count = 0;
    let roles = 0;
    let first = 0;
    const release = (end: number): void => {
      if (count > 1 && isNameOrDate(roles)) found.push(this.nameAt(text, first, end));
      else
        for (let i = 0; i < count; i++) {
          const piece = waiting[i];
          if (piece !== undefined) found.push(piece);
        }
      count = 0;
      roles = 0;
    };
    for (let start = 0, end = 0; end < text.length; start = end + 1) {
      // Hashed on the way to its end: most of the time to build an index goes by here.
      let hash = HASH_START;
      let code = 0;
      for (end = start; end < text.length && (code = text.charCodeAt(end)) !== SPACE; end++)
        hash = mixed(hash, code);
      const piece = this.pieceAt(text, start, end, hash) ?? this.add(text.slice(start, end), true);
      if (piece.roles !== 0) {
        if (count === 0) first = start;
        waiting[count++] = piece;
        roles |= piece.roles;
      } else {
        if (count > 0) release(start - 1);
        found.push(piece);
      }
    }
    if (count > 0) release(text.length);
    return found;
  }

  private nameAt(text: string, start: number, end: number): Piece {
    const known = this.pieceAt(text, start, end, hashOfPart(text, start, end));
    return known ?? this.add(text.slice(start, end), false);
  }

  private pieceAt(text: string, start: number, end: number, hash: number): Piece | undefined {
    const number = this.table.find(text, start, end, hash);
    return number < 0 ? undefined : this.pieces[number];
  }

  private add(raw: string, mayJoin: boolean): Piece {
    const text = normalise(raw).toLowerCase().normalize("NFC");
    const named = nameReferences(/\d/.test(text) ? withPlainDates(text) : text);
    const words: Word[] = [];
    for (const token of tokensIn(named)) words.push(...this.wordsOf(token));
    const piece = {
      number: this.isOpen ? this.table.add(raw) : NOT_KEPT,
      words,
      roles: mayJoin ? rolesOf(text) : 0,
    };
    if (this.isOpen) this.pieces.push(piece);
    return piece;
  }

  private wordsOf(token: string): readonly Word[] {
    const known = this.tokens.get(token);
    if (known !== undefined) return known;
    const words = wordsOfToken(token);
    if (this.isOpen) this.tokens.set(token, words);
    return words;
  }
}

const NO_BOOK = new PieceBook();
NO_BOOK.close();

/** The words of a text in order, before anything is known about slips and short forms. */
export function splitWords(raw: string, book = NO_BOOK): Word[] {
  const words: Word[] = [];
  for (const piece of book.read(normalise(raw))) words.push(...piece.words);
  return words;
}
