/** The second bundled campaign: another plan, other units, another form, and nothing in the program changed for it. */
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { at, HOUR_MS } from "../../../src/core/clock";
import { loadCampaign } from "../../../src/reporting/load-campaign";
import { freezeDueDigests, loadDigest } from "../../../src/reporting/digests";
import { openPeriods } from "../../../src/reporting/ledger";
import { periodsOf } from "../../../src/reporting/periods";
import { submitReport } from "../../../src/reporting/reports";
import { prefillFor } from "../../../src/reporting/rollup";
import type { Values } from "../../../src/reporting/values";
import { readShow } from "../../../src/simulator/show";
import { ledgerIds, obligationOf, startLedger } from "../../support/ledger";
import { eachStore } from "../../support/stores";

const CONFIG = join(__dirname, "..", "..", "..", "config");
const campaign = loadCampaign(CONFIG, "nq-57-ngoc-ha");
const PERIOD = "2025-W49";
const WARD = "00008";

test("its simulator plays roles and units of its own", async () => {
  const show = await readShow(join(CONFIG, "campaigns", campaign.id, "simulator.yaml"));
  const codes = new Set(campaign.units.map(({ code }) => code));
  const { thorough, quiet, silent, staff } = show.story;
  for (const { unit } of [thorough, quiet, silent, staff]) expect(codes).toContain(unit);
  expect(campaign.lines.map(({ id }) => id)).toContain(show.story.line);
});

describe("one week of it", () => {
  eachStore((store) => {
    const [own] = periodsOf(campaign, "phuong-ngoc-ha").filter(({ id }) => id === PERIOD);
    const dueAt = own?.dueAt ?? 0;
    beforeAll(async () => {
      await startLedger(store().db, campaign, at("2025-12-01", "07:00"));
    });

    async function report(
      line: string,
      unitCode: string,
      { values, when }: { values: Values; when: number },
    ): Promise<void> {
      const { id: obligationId, version } = await obligationOf(store().db, line, PERIOD, unitCode);
      const nil = Object.keys(values).length === 0;
      const sender = { personId: "p", at: when, eventKey: `${unitCode}-${version}` };
      const content = { values, marks: [], nil, seenVersion: version, code: `BC-${unitCode}` };
      await store().transaction((tx) => submitReport(tx, { obligationId, ...content, ...sender }));
    }
    const freeze = async (line: string, when: number) => {
      const frozen = await store().transaction((tx) =>
        freezeDueDigests(tx, campaign, { dueBy: when, now: when }),
      );
      const own = frozen.filter((digest) => digest.line === line && digest.period === PERIOD);
      expect(own).toHaveLength(1);
      return loadDigest(store().db, own[0]?.id ?? "");
    };

    test("goes from the units of the ward to the ward, and from the ward to Sở VH&TT", async () => {
      const figures = { san_pham: 4, phat_thanh: 6, hoi_nghi: 1, luot_nguoi: 80, ky_nang_so: 25 };
      await report("phuong-ngoc-ha", "ngoc-ha-phong-vhxh", { values: figures, when: dueAt - HOUR_MS });
      await report("phuong-ngoc-ha", "ngoc-ha-mttq", { values: {}, when: dueAt - 1 });
      const ward = await freeze("phuong-ngoc-ha", dueAt);
      expect(ward?.content).toMatchObject({
        receiver: { code: WARD },
        counts: { expected: 3, received: 2, onTime: 2, nil: 1, missing: 1 },
        totals: figures,
      });

      const wednesday = at("2025-12-03", "09:00");
      await store().transaction((tx) => openPeriods(tx, campaign, wednesday, ledgerIds));
      const { id: obligationId } = await obligationOf(store().db, "so-vhtt", PERIOD, WARD);
      const key = { obligationId, line: "so-vhtt", period: PERIOD, unitCode: WARD };
      const prefill = (await prefillFor(store().db, campaign, [key])).get(obligationId)?.values ?? {};
      expect(prefill).toEqual(figures);
      await report("so-vhtt", WARD, { values: prefill, when: wednesday });
      const above = await freeze("so-vhtt", at("2025-12-03", "17:00"));
      expect(above?.content).toMatchObject({
        counts: { expected: 1, received: 1, onTime: 1 },
        totals: figures,
      });
    });
  });
});
