/** `npm run check`, last part: reads every flow and every configuration file as the program would at start. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { house } from "../../flows";
import { faultsOf } from "../conversation/house";
import { messageOf } from "../core/errors";
import { ROOT } from "../core/root";
import { checkKnowledge } from "../knowledge/check";
import { loadKnowledge } from "../knowledge/entries";
import { loadCampaign } from "../reporting/load-campaign";
import { readShow } from "../simulator/show";

const CONFIG = join(ROOT, "config");

async function problems(): Promise<string[]> {
  const found = faultsOf(house).map((fault) => `flows: ${fault}`);
  const attempt = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      found.push(messageOf(error));
    }
  };
  for (const campaign of readdirSync(join(CONFIG, "campaigns"))) {
    await attempt(() => loadCampaign(CONFIG, campaign));
    await attempt(() => readShow(join(CONFIG, "campaigns", campaign, "simulator.yaml")));
  }
  await attempt(() => found.push(...checkKnowledge(loadKnowledge(join(CONFIG, "knowledge")))));
  return found;
}

problems().then(
  (found) => {
    console.log(found.length === 0 ? "flows and configuration: no problems" : found.join("\n"));
    process.exitCode = found.length === 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
