/** A backup holds everything as it stood at one moment, and comes back whole on either kind of database. */
import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { makeBackup } from "../../src/app/backup";
import { checkBackup, restoreBackup } from "../../src/app/restore";
import { at, frozenAt } from "../../src/core/clock";
import { rowsOf, type Store } from "../../src/store/database";
import { dumpTables } from "../../src/store/dump";
import { audit, digests, inbox, marks, oaTokens } from "../../src/store/tables";
import { aCampaign } from "../support/a-campaign";
import { ledgerIds, linkPerson, startLedger } from "../support/ledger";
import { anInbox } from "../support/messaging";
import { eachStore, freshEmbedded } from "../support/stores";

const MORNING = at("2025-12-02", "08:00");
const clock = frozenAt(MORNING);
/** What databases and line formats stumble over. */
const ODD = `"'\\ \n\r\t\u2028 ấ e\u0323\u0302 😀 \u0001 9007199254740993 </script>`;

const wrote = (n: number, text = ODD) => ({
  eventKey: `event-${n}`,
  address: `70000000${n % 40}`,
  name: "text",
  occurredAt: MORNING + n,
  opensWindow: true,
  input: { kind: "text" as const, text },
});

async function allOf(store: Store): Promise<string[]> {
  const found: string[] = [];
  let name = "";
  await dumpTables(store, {
    table: (table) => Promise.resolve(void (name = table.name)),
    row: (json) => Promise.resolve(void found.push(`${name} ${json}`)),
  });
  return found.sort();
}

async function fill(store: Store): Promise<void> {
  const { db } = store;
  for (const table of [inbox, digests, oaTokens]) await db.delete(table);
  await startLedger(db, aCampaign(), MORNING);
  await linkPerson(db, { id: "chi-hoa", unitCode: "xa-a", linkedAt: MORNING });
  const box = anInbox(store, clock, ledgerIds);
  await Promise.all(Array.from({ length: 1_200 }, (_, n) => box.record(wrote(n))));
  await db.insert(oaTokens).values({ oaId: "1", sealed: "v1.AAAA", expiresAt: MORNING, updatedAt: MORNING });
  await db.insert(marks).values({ name: "m", value: [1e30, "x", null, { a: 0.1 }], updatedAt: MORNING });
  await db
    .insert(audit)
    .values({ at: MORNING, actor: "api", action: "a", target: "t", details: { odd: ODD } });
  await db.insert(digests).values({
    id: "TH-1",
    line: "l",
    period: "2025-W49",
    receiverUnitCode: "huyen",
    frozenAt: MORNING,
    sha256: "ab",
    canonical: JSON.stringify({ odd: ODD }).padEnd(300_000),
    text: ODD,
  });
}

describe("a backup", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "cau-noi-backup-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const backUp = async (store: Store, dataDir = join(folder, "data")): Promise<string> => {
    const file = join(folder, "b.gz");
    await pipeline(makeBackup({ store, dataDir, clock }), createWriteStream(file));
    return file;
  };

  eachStore((store) => {
    beforeAll(() => fill(store()));

    test("comes back on the same kind of database", async () => {
      const before = await allOf(store());
      const file = await backUp(store());
      await store().db.delete(inbox);
      await restoreBackup(file, { store: store(), dataDir: join(folder, "new"), replace: true });
      expect(await allOf(store())).toEqual(before);
      // Numbers go on where they stood.
      await expect(
        store().db.insert(audit).values({ at: 1, actor: "a", action: "b", target: "c", details: {} }),
      ).resolves.toBeDefined();
    });

    test("is of one moment, however much comes in meanwhile", async () => {
      const box = anInbox(store(), clock, ledgerIds);
      const coming = { on: true };
      let n = 10_000;
      const known = n;
      await box.record(wrote(n++));
      const flood = (async () => {
        while (coming.on) await Promise.all(Array.from({ length: 20 }, () => box.record(wrote(n++))));
      })();
      const file = await backUp(store());
      coming.on = false;
      await flood;
      const copy = await freshEmbedded();
      try {
        await restoreBackup(file, { store: copy, dataDir: join(folder, "new"), replace: false });
        const keys = await rowsOf(
          copy.db,
          sql`select event_key as key from inbox where event_key like 'event-_____' order by occurred_at`,
          z.object({ key: z.string() }),
        );
        // An unbroken beginning of what came, with everything acknowledged before.
        expect(keys.map(({ key }) => key)).toEqual(keys.map((_, i) => `event-${known + i}`));
        expect(keys.length).toBeGreaterThan(0);
        const orphans = sql`select event_key as key from inbox where person_id not in (select id from persons)`;
        expect(await rowsOf(copy.db, orphans, z.object({ key: z.string() }))).toEqual([]);
      } finally {
        await copy.close();
      }
    });
  });

  describe("on another kind of database", () => {
    let small: Store;
    beforeAll(async () => {
      small = await freshEmbedded();
      await fill(small);
    });
    afterAll(() => small.close());

    eachStore((store) => {
      test("comes back, files included, and is refused where somebody already works", async () => {
        const dataDir = join(folder, "data");
        await mkdir(join(dataDir, "evidence"), { recursive: true });
        await mkdir(join(dataDir, "pg"), { recursive: true });
        const picture = Buffer.from(Array.from({ length: 200_001 }, (_, i) => (i * 31) % 256));
        await writeFile(join(dataDir, "evidence", "abc"), picture);
        await writeFile(join(dataDir, "evidence", "empty"), "");
        await writeFile(join(dataDir, "pg", "heap"), "not ours to copy");
        const file = await backUp(small, dataDir);
        expect((await readdir(dataDir)).filter((name) => name.endsWith(".part"))).toEqual([]);

        const target = { store: store(), dataDir: join(folder, "new"), replace: false };
        expect(await restoreBackup(file, target)).toMatchObject({ files: 2 });
        expect(await allOf(store())).toEqual(await allOf(small));
        expect(await readFile(join(folder, "new", "evidence", "abc"))).toEqual(picture);
        expect((await readdir(join(folder, "new"), { recursive: true })).sort()).toEqual([
          "evidence",
          join("evidence", "abc"),
          join("evidence", "empty"),
        ]);

        await expect(restoreBackup(file, target)).rejects.toMatchObject({ code: "database-in-use" });
        const before = await allOf(store());
        await restoreBackup(file, { ...target, replace: true });
        expect(await allOf(store())).toEqual(before);
      });
    });

    const touched = (lines: string[]): string => lines.join("\n");
    test.each<[string, (whole: Buffer) => Buffer]>([
      ["cut", (whole) => whole.subarray(0, whole.length / 2)],
      [
        "without its end",
        (whole) => gzipSync(touched(gunzipSync(whole).toString().split("\n").slice(0, -2)) + "\n"),
      ],
      [
        "with a word changed",
        (whole) => gzipSync(gunzipSync(whole).toString().replace("chi-hoa", "chi-hue")),
      ],
      ["with more behind its end", (whole) => gzipSync(`${gunzipSync(whole).toString()}R {}\n`)],
      ["of another program", () => gzipSync("H {}\n")],
      ["not packed", () => Buffer.from("hello")],
      ["empty", () => Buffer.alloc(0)],
    ])("%s is refused, and nothing is touched", async (_what, touch) => {
      const file = await backUp(small);
      await writeFile(file, touch(await readFile(file)));
      const before = await allOf(small);
      const target = { store: small, dataDir: folder, replace: true };
      await expect(restoreBackup(file, target)).rejects.toMatchObject({ code: "backup-not-whole" });
      expect(await allOf(small)).toEqual(before);
    });

    test("never writes outside the data folder", async () => {
      const { createHash } = await import("node:crypto");
      const body = `H {"format":"cau-noi-backup/1","madeAt":"x"}\nF {"path":"../out"}\nC AAAA\n`;
      const sha256 = createHash("sha256").update(body).digest("hex");
      const file = join(folder, "b.gz");
      await writeFile(file, gzipSync(`${body}E {"rows":0,"files":1,"sha256":"${sha256}"}\n`));
      await expect(checkBackup(file)).resolves.toMatchObject({ files: 1 });
      const before = await allOf(small);
      const target = { store: small, dataDir: join(folder, "new"), replace: true };
      await expect(restoreBackup(file, target)).rejects.toThrow();
      expect(await readdir(folder)).not.toContain("out");
      expect(await allOf(small)).toEqual(before);
    });
  });
});
