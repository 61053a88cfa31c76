/** The simulator: its page, its calls, its people and its story behind one router. */
import { join } from "node:path";
import express, { Router } from "express";
import { systemClock } from "../core/clock";
import { ROOT } from "../core/root";
import { createCampaignClock } from "./campaign-clock";
import { createLive } from "./live";
import { createPeople } from "./people";
import type { SimulatorPorts } from "./ports";
import { createRoutes } from "./routes";
import { createStage } from "./stage";
import { createStateWriter, loadState } from "./state-file";
import { createStory } from "./story";

const PAGE = join(ROOT, "src", "simulator", "page");

/** As strict as the rest of the program, and sound and films of the chat may be played. */
const PAGE_POLICY = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "media-src", "connect-src", "form-action"].map(
    (kind) => `${kind} 'self'`,
  ),
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export interface Simulator {
  /** Mount it at `/simulator`, in simulator mode only. */
  readonly router: Router;
  /** Ends open pages' streams and writes what is not written yet. */
  close(): Promise<void>;
}

/** The room with the people and chats of its last run. */
export async function createSimulator(ports: SimulatorPorts): Promise<Simulator> {
  const people = createPeople(await loadState(ports.stateFile, ports.log), ports.ids);
  const writer = createStateWriter(ports.stateFile, () => people.state(), ports.log);
  const live = createLive();
  const stage = createStage({ ports, people, live, onChange: () => writer.changed() });
  const clock = createCampaignClock(ports, live);
  const story = createStory({ ports, stage, people, clock, live, watch: systemClock });

  const router = Router();
  router.get("/", (request, response, next) => {
    // The page's own addresses are relative: it has to be a folder. Relative too, for a prefix put in front.
    const path = request.originalUrl.split("?")[0] ?? "";
    if (path.endsWith("/")) next();
    else response.redirect(`${path.split("/").at(-1) ?? ""}/`);
  });
  router.use(createRoutes({ ports, people, live, stage, clock, story }));
  router.use(
    express.static(PAGE, {
      redirect: false,
      setHeaders: (response) => response.set("content-security-policy", PAGE_POLICY),
    }),
  );

  return {
    router,
    async close() {
      story.stop();
      live.close();
      await writer.flush();
    },
  };
}
