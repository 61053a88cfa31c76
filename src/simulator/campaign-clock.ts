/** The campaign's clock at the simulator: moved by hand or by the story, one move at a time. */
import { HOUR_MS, type Instant } from "../core/clock";
import { refused } from "../core/errors";
import type { Live } from "./live";
import type { SimulatorPorts } from "./ports";
import { WORDING } from "./wording.vi";

export type Move = "hour" | "reminder" | "deadline";

export interface CampaignClock {
  now(): Instant;
  isMoving(): boolean;
  /** Moves on by one hour, or to the next thing of that kind. */
  move(by: Move): Promise<Instant>;
  moveTo(instant: Instant): Promise<Instant>;
}

export function createCampaignClock(
  ports: Pick<SimulatorPorts, "clock" | "moveClock" | "nextAgenda">,
  live: Live,
): CampaignClock {
  let moving = false;
  const tell = () => live.publish({ type: "clock", now: ports.clock.now(), moving });

  async function moveTo(target: () => Promise<Instant>): Promise<Instant> {
    if (moving) throw refused("clock-busy", WORDING.clockBusy);
    moving = true;
    tell();
    try {
      await ports.moveClock(await target());
      return ports.clock.now();
    } finally {
      moving = false;
      tell();
    }
  }

  async function next(kind: "reminder" | "deadline"): Promise<Instant> {
    const instant = await ports.nextAgenda(kind);
    if (instant === null) throw refused("nothing-ahead", WORDING.nothingAhead);
    return instant;
  }

  return {
    now: () => ports.clock.now(),
    isMoving: () => moving,
    move: (by) => moveTo(() => (by === "hour" ? Promise.resolve(ports.clock.now() + HOUR_MS) : next(by))),
    moveTo: (instant) => moveTo(() => Promise.resolve(instant)),
  };
}
