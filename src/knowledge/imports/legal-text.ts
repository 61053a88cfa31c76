/** A legal document's text as its tree: articles (Điều), their clauses (khoản), their points (điểm). */
import type { Day } from "../../core/clock";
import { normalise } from "../../core/text";
import { KINDS, MARKS, POINTS } from "./marks.vi";
import type { Reporter } from "./report";
import { importWording as say } from "./wording.vi";
import { readDay } from "./written-day";

export type PartKind = "article" | "clause" | "point";

export interface Part {
  readonly kind: PartKind;
  /** "5", "a". */
  readonly mark: string;
  readonly line: number;
  /** Its own words, those of its parts left out. */
  text: string;
  readonly parts: Part[];
}

export interface Article extends Part {
  readonly title: string;
  readonly chapter: string | null;
  /** Counted from 0: what was passed together with the document begins with an article 1 of its own. */
  readonly attachment: number;
}

export interface LegalText {
  readonly articles: readonly Article[];
  /** As the head of the document tells; null when it does not. */
  readonly document: string | null;
  readonly day: Day | null;
}

interface Paragraph {
  readonly line: number;
  text: string;
}

/** A line shorter than this part of the longest ends its paragraph. */
const FULL_LINE = 0.7;
/** A chapter's title takes no more lines than this before its first article. */
const LONGEST_CHAPTER_TITLE = 4;

const isMark = (text: string): boolean =>
  [MARKS.article, MARKS.clause, MARKS.point, MARKS.bullet, MARKS.chapter, MARKS.end].some((mark) =>
    mark.test(text),
  );

/** Lines that a page has broken are joined again. */
function paragraphsOf(text: string): Paragraph[] {
  const lines = normalise(text)
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim());
  const longest = Math.max(...lines.map(({ length }) => length));
  const paragraphs: Paragraph[] = [];
  let isOpen = false;
  lines.forEach((line, i) => {
    const last = paragraphs.at(-1);
    if (line === "") isOpen = false;
    else {
      if (isOpen && last !== undefined && !isMark(line)) last.text += ` ${line}`;
      else paragraphs.push({ line: i + 1, text: line });
      isOpen = line.length > longest * FULL_LINE && !/[.:;!?…”"]$/.test(line);
    }
  });
  return paragraphs;
}

export function readLegalText(text: string, reporter: Reporter): LegalText {
  const paragraphs = paragraphsOf(text);
  const reader = new Reader(paragraphs, reporter);
  const articles = reader.read();
  const head = paragraphs
    .filter(({ line }) => line < (articles[0]?.line ?? Infinity))
    .map((each) => each.text);
  return { articles, ...titleOf(head) };
}

/** What stands above the grounds: they name other documents. */
function titleOf(head: readonly string[]): Pick<LegalText, "document" | "day"> {
  const grounds = head.findIndex((text) => MARKS.grounds.test(text));
  const title = head.slice(0, grounds < 0 ? head.length : grounds).join("\n");
  const [, number = "", sign = ""] = MARKS.number.exec(title) ?? [];
  const kind = KINDS[sign.toUpperCase()];
  return {
    document: kind === undefined ? null : `${kind} ${number}`,
    day: readDay(MARKS.signedOn.exec(title)?.[1] ?? ""),
  };
}

class Reader {
  private readonly articles: Article[] = [];
  private chapter: string | null = null;
  private attachment = 0;
  /** Behind the last article: from which line on, and how many paragraphs. */
  private rest: { readonly line: number; count: number } | null = null;
  private before = 0;

  constructor(
    private readonly paragraphs: readonly Paragraph[],
    private readonly reporter: Reporter,
  ) {}

  read(): readonly Article[] {
    for (let i = 0; i < this.paragraphs.length; i++) {
      const paragraph = this.paragraphs[i];
      if (paragraph === undefined) break;
      const titleLength = this.chapterAt(i);
      if (titleLength > 0) i += titleLength - 1;
      else if (!this.article(paragraph)) this.within(paragraph);
    }
    this.closeRest();
    if (this.articles.length > 0 && this.before > 0)
      this.reporter.note({ sheet: null, row: 1 }, say.beforeArticles(this.before));
    return this.articles;
  }

  /** How many paragraphs from here on are a chapter's heading: one that an article soon follows. */
  private chapterAt(start: number): number {
    const heading = MARKS.chapter.exec(this.paragraphs[start]?.text ?? "");
    if (heading === null || this.rest !== null) return 0;
    const ahead = this.paragraphs.slice(start + 1, start + 1 + LONGEST_CHAPTER_TITLE);
    const length = ahead.findIndex(({ text }) => MARKS.article.test(text) || MARKS.chapter.test(text));
    if (length < 0) return 0;
    const title = [heading[1] ?? "", ...ahead.slice(0, length).map(({ text }) => text)].join(" ").trim();
    this.chapter = title === "" ? this.chapter : title;
    return length + 1;
  }

  private article({ line, text }: Paragraph): boolean {
    const [, mark = "", title = ""] = MARKS.article.exec(text) ?? [];
    if (mark === "") return false;
    const last = Number(this.articles.at(-1)?.mark ?? 0);
    const number = Number(mark);
    const restarts = this.rest !== null && number === 1;
    const isNext = number === last + 1 || (this.rest === null && number > last && title !== "");
    if (!restarts && !isNext) return false;
    this.closeRest();
    if (restarts) this.attachment++;
    else if (number > last + 1)
      this.reporter.note({ sheet: null, row: line }, say.missingArticle(last + 1, number));
    const { chapter, attachment } = this;
    this.articles.push({ kind: "article", mark, line, text, parts: [], title, chapter, attachment });
    return true;
  }

  private within({ line, text }: Paragraph): void {
    const article = this.articles.at(-1);
    if (article === undefined) this.before++;
    else if (this.rest !== null) this.rest.count++;
    else if (MARKS.end.test(text)) this.rest = { line, count: 1 };
    else this.add(article, { line, text });
  }

  private add(article: Article, { line, text }: Paragraph): void {
    const last = article.parts.at(-1);
    const clause = last?.kind === "clause" ? last : null;
    const number = MARKS.clause.exec(text)?.[1];
    const letter = MARKS.point.exec(text)?.[1];
    if (number !== undefined && last?.kind !== "point" && Number(number) === Number(last?.mark ?? 0) + 1)
      article.parts.push({ kind: "clause", mark: number, line, text, parts: [] });
    else if (letter !== undefined && letter === nextPoint(clause ?? article))
      (clause ?? article).parts.push({ kind: "point", mark: letter, line, text, parts: [] });
    else {
      const open = clause?.parts.at(-1) ?? last ?? article;
      open.text += `\n${text}`;
    }
  }

  private closeRest(): void {
    if (this.rest !== null)
      this.reporter.note({ sheet: null, row: this.rest.line }, say.afterArticles(this.rest.count));
    this.rest = null;
  }
}

function nextPoint({ parts }: Part): string | undefined {
  const last = parts.at(-1)?.mark;
  return POINTS[last === undefined ? 0 : POINTS.indexOf(last) + 1];
}
