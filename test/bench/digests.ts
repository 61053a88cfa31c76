/** A digest of very many units: frozen, then drawn in each form. */
import { performance } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { at } from "../../src/core/clock";
import { systemIds } from "../../src/core/ids";
import { freezeDueDigests, listDigests, loadDigest } from "../../src/reporting/digests";
import { renderDigest } from "../../src/reporting/documents/render";
import { openPeriods } from "../../src/reporting/ledger";
import { section, sized } from "./figures";
import { openOurs, START } from "./our-program";

const UNITS = sized(10_000);
const AFTER_DUE = at("2025-12-03", "17:01");
/** The first document also loads the library that draws it. */
const FORMS = ["pdf", "pdf", "docx", "xlsx", "png"] as const;

export async function digests(): Promise<void> {
  const note = section("Digests", `${UNITS} units on the embedded database, every one with a report`);
  const { store, campaign, remove } = await openOurs({ units: UNITS });
  await store.transaction((tx) => openPeriods(tx, campaign, START, systemIds));
  await store.db
    .execute(sql`insert into reports (obligation_id, version, code, values, nil, late, person_id, at, event_key)
    select id, 1, 'BC-' || id, jsonb_build_object('tin_bai', 3, 'hoi_nghi', 1, 'luot_nguoi', 120, 'dang_ky_moi', 1,
      'hoan_thanh', 0, 'ket_qua', 'Đã tổ chức một buổi tuyên truyền.'), false, false, 'p', ${START}::bigint, 'k-' || id
    from obligations`);
  await store.db.execute(
    sql`update obligations set version = 1, submitted_at = ${START}::bigint, last_submitted_at = ${START}::bigint`,
  );
  const begun = performance.now();
  await store.transaction((tx) => freezeDueDigests(tx, campaign, { dueBy: AFTER_DUE, now: AFTER_DUE }));
  note("compiled, hashed, kept", `${(performance.now() - begun).toFixed(0)} ms`, "within 1,000 ms");
  const [listed] = await listDigests(store.db, {});
  const digest = listed === undefined ? null : await loadDigest(store.db, listed.id);
  if (digest === null) throw new Error("no digest was frozen");
  const seen = new Set<string>();
  for (const form of FORMS) {
    const drawnAt = performance.now();
    const { bytes } = await renderDigest(digest, form);
    const tookMs = performance.now() - drawnAt;
    note(
      `${form}${seen.has(form) ? ", again" : ""}`,
      `${tookMs.toFixed(0)} ms, ${(bytes.length / 1_024).toFixed(0)} kB`,
      form === "pdf" ? "within 3,000 ms" : "",
    );
    seen.add(form);
  }
  await store.close();
  remove();
}
