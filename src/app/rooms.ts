/** The parts that every room is handed: made once by `main`, in order. */
import type { Clock } from "../core/clock";
import type { Ids } from "../core/ids";
import type { Log } from "../core/log";
import type { KnowledgeView } from "../conversation/context";
import type { LiveKnowledge } from "../knowledge/live-knowledge";
import type { Campaign } from "../reporting/campaign";
import type { Store } from "../store/database";

export interface Rooms {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly campaign: Campaign;
  readonly knowledge: KnowledgeView & Pick<LiveKnowledge, "refresh" | "explain">;
}
