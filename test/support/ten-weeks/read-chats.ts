/**
 * Ten weeks of reports read out of the chats alone: what people typed and tapped, and what they had been asked. No
 * stored report, draft or digest is looked at, and none of the program's own reading of numbers is used.
 */
import { DAY_MS, type Instant } from "../../../src/core/clock";
import type { Message } from "../../../src/conversation/message";
import { askedField } from "./people";
import { keyOf, type Owed } from "./plan-rules";
import type { Town } from "./town";
import { readAlone, readTogether } from "./writing";

export type Values = Readonly<Record<string, number | string>>;

export interface Version {
  readonly at: Instant;
  readonly nil: boolean;
  readonly late: boolean;
  readonly values: Values;
}

/** One report of one unit, as a clerk would keep it who reads the chats. */
export interface Book extends Owed {
  dueAt: Instant;
  closesAt: Instant;
  /** Typed and not yet sent. */
  pending: Values | null;
  readonly versions: Version[];
}

/** What the ids in buttons stand for. */
export interface Names {
  readonly reports: ReadonlyMap<string, Owed>;
  /** By the id of a request for more time, the id of its report. */
  readonly requests: ReadonlyMap<string, string>;
}

export interface Clerk {
  readonly names: Names;
  readonly dueAt: (owed: Owed) => Instant;
  readonly periodBefore: (owed: Owed) => string;
  /** What an office finds in its report upward when it takes it up at this instant. */
  readonly fromBelow: (owed: Owed, now: Instant) => Values;
}

const OPEN_AFTER_DUE_MS = 7 * DAY_MS;
const BY_NAME = /^b[áa]o c[áa]o$/i;
const ASKS_FOR_REASON = "Anh/chị cho biết lý do";

/** Fills the books in order of time; they may be read meanwhile, up to the moment that is being read. */
export function readChats(
  town: Town,
  { names, dueAt, periodBefore, fromBelow }: Clerk,
  books: Map<string, Book>,
): void {
  /** The report that each person has before them; unknown until a tap says which. */
  const inHand = new Map<string, Book>();
  /** What they have typed before that was known. */
  const typed = new Map<string, Values[]>();
  const wished = new Map<string, Instant>();

  function bookOf(id: string): Book {
    const owed = names.reports.get(id);
    if (owed === undefined) throw new Error(`no report is known as ${id}`);
    const due = dueAt(owed);
    const book = books.get(keyOf(owed)) ?? {
      ...owed,
      ...{ dueAt: due, closesAt: due + OPEN_AFTER_DUE_MS, pending: null, versions: [] },
    };
    books.set(keyOf(owed), book);
    return book;
  }

  function handIn(book: Book, now: Instant, values: Values | null): void {
    book.pending = null;
    if (now > book.closesAt) return;
    book.versions.push({ at: now, nil: values === null, late: now >= book.dueAt, values: values ?? {} });
  }

  function grant(requestId: string): void {
    const reportId = names.requests.get(requestId) ?? "";
    const [book, until] = [bookOf(reportId), wished.get(reportId) ?? 0];
    if (until <= book.dueAt) return;
    book.closesAt += until - book.dueAt;
    book.dueAt = until;
  }

  function tapped({ user, at: now, text }: Telling): void {
    const [action = "", id = "", until = ""] = text.slice(1).split(" ");
    if (action === "ext.until") wished.set(id, Number(until));
    if (action === "ext.grant") grant(id);
    if (!action.startsWith("report.")) return;
    const book = bookOf(id);
    if (action === "report.confirm-nil") handIn(book, now, null);
    if (action === "report.nil" || action === "report.confirm-nil") return;
    write(book, now, action === "report.copy" ? lastWeek(book) : {}, ...(typed.get(user) ?? []));
    typed.delete(user);
    inHand.set(user, book);
    if (action !== "report.send") return;
    handIn(book, now, book.pending);
    inHand.delete(user);
  }

  function write(book: Book, now: Instant, ...added: readonly Values[]): void {
    const before = book.pending ?? book.versions.at(-1)?.values ?? fromBelow(book, now);
    book.pending = Object.fromEntries([before, ...added].flatMap((values) => Object.entries(values)));
  }

  const lastWeek = (book: Book): Values => {
    const before = books.get(keyOf({ ...book, period: periodBefore(book) }));
    return before?.versions.at(-1)?.values ?? {};
  };

  for (const { user, text, heard, at } of tellings(town)) {
    const book = inHand.get(user);
    if (text.startsWith("#")) tapped({ user, text, heard, at });
    else if (BY_NAME.test(text)) {
      inHand.delete(user);
      typed.delete(user);
    } else if (heard.some((message) => message.text.includes(ASKS_FOR_REASON))) continue;
    else if (book !== undefined) write(book, at, meaningOf(text, heard));
    else typed.set(user, [...(typed.get(user) ?? []), meaningOf(text, heard)]);
  }
}

interface Telling {
  readonly at: Instant;
  readonly user: string;
  readonly text: string;
  /** What the person had before them. */
  readonly heard: readonly Message[];
}

/** Everything that people said, in order of time. */
function tellings(town: Town): Telling[] {
  const all = town.users().flatMap((user) => {
    let heard: Message[] = [];
    return town.chat(user).flatMap((line): Telling[] => {
      if (line.by === "bot") heard.push(line.message);
      if (line.by === "bot") return [];
      const telling = { at: line.at, user, text: line.text, heard };
      heard = [];
      return [telling];
    });
  });
  return all.sort((a, b) => a.at - b.at);
}

/** `sửa 540 lượt người`, `Khó khăn: …`, `5 tin, 2 hội nghị`, or a number for what was asked. */
function meaningOf(text: string, heard: readonly Message[]): Values {
  const words = /^Khó khăn: (.+)$/.exec(text)?.[1];
  if (words !== undefined) return { kho_khan: words };
  const together = readTogether(text.replace(/^sửa /, ""));
  if (together !== null) return together;
  const [value, field] = [readAlone(text), askedField(heard)];
  if (value === null || field === null) throw new Error(`nobody can tell what “${text}” means`);
  return { [field]: value };
}
