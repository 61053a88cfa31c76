/** A legal document as entries that quote it: an article that fits one message whole, longer ones by clause and point. */
import type { Day } from "../../core/clock";
import { lengthOf } from "../../core/text";
import { LONGEST_ANSWER, LONGEST_MORE, type WrittenEntry } from "../entries";
import { cutBehindSentence, resolutionOf } from "../new-entry";
import type { Article, LegalText, Part } from "./legal-text";
import { places } from "./marks.vi";
import type { Desk, Draft } from "./question-rows";

interface Passage {
  /** From the article down to what is quoted. */
  readonly path: readonly Part[];
  readonly text: string;
}

const wholeText = ({ text, parts }: Part): string => [text, ...parts.map(wholeText)].join("\n");

/** Each with the words it continues, so that no quotation begins in the middle. */
function passagesOf(path: readonly Part[], before: string, most: number): Passage[] {
  const part = path.at(-1);
  if (part === undefined) return [];
  const text = before + wholeText(part);
  if (part.parts.length === 0 || lengthOf(text) <= most) return [{ path, text }];
  const lead = `${before}${part.text}\n`;
  return part.parts.flatMap((each) => passagesOf([...path, each], lead, LONGEST_ANSWER + LONGEST_MORE));
}

/** `Điều 5 khoản 2 điểm a`, or the other way round as one cites. */
const spoken = (path: readonly Part[], turned = false): string => {
  const names = path.map(({ kind, mark }) =>
    mark === "đ" && !turned ? places.pointAfterD : places[kind](mark),
  );
  const text = (turned ? names.reverse() : names).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** `đ` is a point of its own, behind `d`. */
const slug = (mark: string): string => (mark === "đ" ? "dd" : mark);
const SLUGS = { article: "dieu", clause: "khoan", point: "diem" } as const;

function idOf(name: string, attachment: number, path: readonly Part[]): string {
  const place = path.map(({ kind, mark }) => `${SLUGS[kind]}-${slug(mark)}`);
  return [name, ...(attachment === 0 ? [] : [`kem-${attachment}`]), ...place].join("-");
}

/** What is shown at once, and what behind it; as many times as the text needs. */
function shares(text: string): { readonly answer: string; readonly more: string }[] {
  const [answer, behind] = cutBehindSentence(text, LONGEST_ANSWER);
  const [more, rest] = cutBehindSentence(behind, LONGEST_MORE);
  return [{ answer, more }, ...(rest === "" ? [] : shares(rest))];
}

interface Quoted {
  readonly document: string;
  readonly day: Day;
}

export function draftsOfText({ articles }: LegalText, { document, day }: Quoted, desk: Desk): Draft[] {
  return articles.flatMap((article) => {
    return passagesOf([article], "", LONGEST_ANSWER).flatMap((passage) =>
      entriesOf(article, passage, { document, day }, desk),
    );
  });
}

function entriesOf(article: Article, { path, text }: Passage, quoted: Quoted, desk: Desk): Draft[] {
  const { known, name, reporter } = desk;
  const place = { sheet: null, row: path.at(-1)?.line ?? article.line };
  const id = idOf(name, article.attachment, path);
  const document = article.attachment === 0 ? quoted.document : places.attached(quoted.document);
  const asked = places.question(spoken(path), document);
  return shares(text).flatMap(({ answer, more }, i) => {
    const question = i === 0 ? asked : places.part(asked, i + 1);
    const reason = known.claim(question, place);
    if (reason !== null) {
      reporter.refuse(place, reason);
      return [];
    }
    const others = i === 0 ? otherQuestions(path, document, quoted.document) : [];
    const entry: WrittenEntry = {
      id: i === 0 ? id : `${id}-phan-${i + 1}`,
      question,
      phrasings: [question, ...others.filter((each) => known.claim(each, place) === null)],
      keywords: [article.title, article.chapter ?? ""].filter((each) => each !== ""),
      answer,
      ...(more === "" ? {} : { more }),
      kind: "answer",
      document,
      clause: spoken(path, true),
      asOf: quoted.day,
      confidence: "high",
      quoted: true,
    };
    return [{ resolution: resolutionOf(document), entry }];
  });
}

/** As one cites; by each part that is quoted with the whole; and without saying that it stands in what was attached. */
function otherQuestions(path: readonly Part[], document: string, main: string): string[] {
  const inside = (path.at(-1)?.parts ?? []).map((part) => spoken([...path, part]));
  return [
    `${spoken(path, true)} ${document}`,
    ...inside.map((each) => places.question(each, document)),
    ...(document === main ? [] : [spoken(path), ...inside].map((each) => places.question(each, main))),
  ];
}
