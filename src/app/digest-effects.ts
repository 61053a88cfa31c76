/** Effects on digests: confirmed by staff, figures asked about and answered. */
import type { NewsItem } from "../messaging/inbox";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import { answerClarification, askClarification } from "../reporting/clarifications";
import { acknowledgeDigest } from "../reporting/digest-receipts";
import { recordDecision } from "../store/audit";
import type { Db } from "../store/database";
import type { Asked, Handlers } from "./handlers";

type Own = "acknowledge-digest" | "ask-clarification" | "answer-clarification";

export const digestHandlers: Pick<Handlers, Own> = {
  "acknowledge-digest": async (db, { digestId }, asked) => {
    const { personId, at } = asked;
    if (await acknowledgeDigest(db, { digestId, personId, at }))
      await note(db, asked, "acknowledge-digest", digestId);
  },
  "ask-clarification": async (db, { code, ...about }, asked) => {
    const { personId, at, now } = asked;
    await askClarification(db, { code, ...about, personId, at });
    await note(db, asked, "ask-clarification", code);
    // An office that reports upward is spoken for by its staff.
    const people = new Set([
      ...(await linkedTo(db, [about.unitCode], "reporter")),
      ...(await linkedTo(db, [about.unitCode], "staff")),
    ]);
    const items = [...people].map((to): NewsItem => ({
      personId: to,
      key: `clarification-asked:${code}:${to}`,
      news: { kind: "clarification-asked", code },
    }));
    await postNews(db, items, now);
  },
  "answer-clarification": async (db, { code, text }, asked) => {
    const { personId, at, now } = asked;
    const answered = await answerClarification(db, { code, text, personId, at });
    if (answered === null) return;
    await note(db, asked, "answer-clarification", code);
    if (answered.askedBy === null) return;
    const news = { kind: "clarification-answered" as const, code };
    await postNews(db, [{ personId: answered.askedBy, key: `clarification-answered:${code}`, news }], now);
  },
};

const note = (db: Db, { personId, at }: Asked, action: string, target: string): Promise<void> =>
  recordDecision(db, { at, actor: personId, action, target });
