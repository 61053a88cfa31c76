/** The copy a person may ask for: all that is kept about them, and nothing of anybody else. */
import { expect, test } from "@jest/globals";
import { eq } from "drizzle-orm";
import { extractText, getDocumentProxy } from "unpdf";
import { at, frozenAt } from "../../src/core/clock";
import { printOwnData } from "../../src/app/own-data-file";
import { recordFeedback } from "../../src/knowledge/feedback";
import { openTicket, replyTicket } from "../../src/knowledge/tickets";
import { forgetPerson } from "../../src/people/forget";
import { recordConsent } from "../../src/people/persons";
import { submitReport } from "../../src/reporting/reports";
import type { Db } from "../../src/store/database";
import { inbox, obligations } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { linkPerson, startLedger } from "../support/ledger";
import { eachStore } from "../support/stores";

const TUESDAY = at("2025-12-02", "08:00");
const PARTS = { office: "Sở KH&CN", masked: () => "•••• 678", clock: frozenAt(TUESDAY) };

async function lives(db: Db, id: string, unitCode: string): Promise<void> {
  await linkPerson(db, { id, unitCode, linkedAt: TUESDAY });
  await recordConsent(
    db,
    { personId: id, purpose: "zalo-reporting", wordingVersion: "v1", granted: true },
    TUESDAY,
  );
  const [owed] = await db.select().from(obligations).where(eq(obligations.unitCode, unitCode));
  await submitReport(db, {
    ...{ obligationId: owed?.id ?? "", values: { tin_bai: 1 }, marks: [], nil: false, seenVersion: 0 },
    ...{ code: `BC-${id}`, personId: id, at: TUESDAY, eventKey: `e-${id}` },
  });
  await openTicket(db, {
    ...{ code: `HD-${id}`, kind: "question", text: `hỏi của ${id}`, personId: id, receiverUnitCode: "so" },
    ...{ unitCode: null, line: null, leadCode: null, at: TUESDAY },
  });
  await replyTicket(db, { code: `HD-${id}`, text: `đáp cho ${id}`, by: "so", at: TUESDAY });
  await recordFeedback(db, { personId: id, entryId: `muc-${id}`, helpful: true, at: TUESDAY });
  const said = [
    { kind: "text", text: `lời của ${id}` },
    { kind: "text", text: "#data.copy" },
    { kind: "files", files: [] },
  ];
  await db.insert(inbox).values(
    said.map((payload, i) => ({
      ...{ eventKey: `${id}:${i}`, personId: id, kind: "user_send_text", payload, state: "done" as const },
      ...{ occurredAt: TUESDAY, receivedAt: TUESDAY },
    })),
  );
}

async function wordsOf(db: Db, id: string): Promise<string> {
  const file = await printOwnData(db, id, PARTS);
  if (file === null) throw new Error("no file");
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(file.bytes)), {
    mergePages: true,
  });
  return text.replace(/\s+/g, " ");
}

eachStore((store) => {
  test("holds everything of that person, and nothing of a colleague", async () => {
    const { db } = store();
    await startLedger(db, aCampaign(), TUESDAY);
    await lives(db, "an", "xa-a");
    await lives(db, "binh", "xa-b");
    const words = await wordsOf(db, "an");
    for (const part of [
      "Đơn vị xa-a: đầu mối báo cáo",
      "đồng ý, xử lý dữ liệu để báo cáo (nội dung bản v1)",
      "BC-an",
      "HD-an. hỏi của an → Trả lời: đáp cho an",
      "Hữu ích (mục muc-an)",
      "lời của an",
      "(bấm nút)",
      "(ảnh hoặc tệp)",
    ])
      expect(words).toContain(part);
    expect(words).not.toMatch(/binh|xa-b/);
  });

  test("is there for nobody who is forgotten or unknown", async () => {
    const { db } = store();
    await startLedger(db, aCampaign(), TUESDAY);
    await lives(db, "cuc", "xa-a");
    await forgetPerson(db, "cuc", TUESDAY);
    expect(await printOwnData(db, "cuc", PARTS)).toBeNull();
    expect(await printOwnData(db, "ai-do", PARTS)).toBeNull();
  });
});
