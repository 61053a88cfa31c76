/** Effects on the ledger: drafts, reports, evidence, extensions, reminders that an office asks for. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { shortInstant } from "../core/clock";
import { stale } from "../core/errors";
import { sha256Hex } from "../core/ids";
import { postNews } from "../messaging/inbox";
import { linkedTo } from "../people/persons";
import { correctionsAfter } from "../reporting/corrections";
import { askExtension, grantExtension, refuseExtension } from "../reporting/extensions";
import { unitName } from "../reporting/roster";
import { remindMissing } from "../reporting/remind";
import { discardDraft, keepEvidence, saveDrafts, submitReport } from "../reporting/reports";
import { recordDecision } from "../store/audit";
import { rowsOf } from "../store/database";
import type { Handlers } from "./handlers";
import type { Rooms } from "./rooms";
import { appWording } from "./wording.vi";

type Own =
  | "save-draft"
  | "discard-draft"
  | "submit-report"
  | "keep-evidence"
  | "ask-extension"
  | "decide-extension"
  | "remind-missing";

export function handlersOf({ campaign }: Rooms): Pick<Handlers, Own> {
  return {
    "save-draft": (db, { obligationId, values, marks, seen }, { personId, at }) =>
      saveDrafts(db, [{ obligationId, values, marks, personId, at, seen }]),
    "discard-draft": (db, { obligationId }) => discardDraft(db, obligationId),
    "submit-report": async (db, effect, { personId, at, eventKey, now }) => {
      const { version } = await submitReport(db, { ...effect, personId, at, eventKey });
      const correction = await correctionsAfter(db, campaign, { obligationId: effect.obligationId, version });
      if (correction === null) return;
      const staff = await linkedTo(db, [correction.receiverUnitCode], "staff");
      await postNews(
        db,
        staff.map((to) => ({
          personId: to,
          key: `${correction.key}:${to}`,
          news: { kind: "correction", text: correction.text },
        })),
        now,
      );
    },
    "keep-evidence": (db, { obligationId, url, name }, { personId, at, eventKey }) =>
      // The same file of the same message is the same evidence, however often the message is handled.
      keepEvidence(db, { id: sha256Hex(`${eventKey} ${url}`), obligationId, url, name, personId, at }),
    "ask-extension": (db, { id, obligationId, until, reason }, { personId, at }) =>
      askExtension(db, { id, obligationId, until, reason, personId, at }),
    "decide-extension": async (db, { id, granted }, asked) => {
      const decision = { id, actor: asked.personId, at: asked.at };
      const decided = await (granted ? grantExtension(db, decision) : refuseExtension(db, decision));
      if (decided.askedBy === null) return;
      const unit = unitName(campaign, decided.unitCode);
      const text = granted
        ? appWording.extensionGranted(unit, shortInstant(decided.until))
        : appWording.extensionRefused(unit);
      const news = { kind: "extension-decided" as const, text };
      await postNews(db, [{ personId: decided.askedBy, key: `extension-decided:${id}`, news }], asked.now);
    },
    "remind-missing": async (db, { digestId }, { personId, now }) => {
      const [digest] = await rowsOf(
        db,
        sql`select line, period from digests where id = ${digestId}`,
        z.object({ line: z.string(), period: z.string() }),
      );
      if (digest === undefined) throw stale("digest-gone");
      await recordDecision(db, { at: now, actor: personId, action: "remind-missing", target: digestId });
      await remindMissing(db, campaign, { ...digest, now }, (tx, items) => postNews(tx, items, now));
    },
  };
}
