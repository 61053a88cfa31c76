/** Plays the sample story, once at a time, and tells every page where it is. */
import { isKind, messageOf, refused } from "../core/errors";
import type { StoryState } from "./live";
import { createPace, type Pause } from "./pace";
import type { SimPerson } from "./room-state";
import { playScenes, READ_MS, type StoryParts } from "./story-scenes";
import { CAPTIONS, WORDING } from "./wording.vi";

export interface Story {
  state(): StoryState;
  /** Begins to play; the promise ends with the story and never fails. */
  start(): Promise<void>;
  stop(): void;
}

class StoryStopped extends Error {}

export function createStory(parts: StoryParts): Story {
  let state: StoryState = { running: false, caption: null, personId: null };
  let stopAsked = false;

  function tell(change: Partial<StoryState>): void {
    state = { ...state, ...change };
    parts.live.publish({ type: "story", ...state });
  }
  let wait: Pause = parts.ports.sleep;
  async function pause(ms: number): Promise<void> {
    await wait(ms);
    if (stopAsked) throw new StoryStopped();
  }
  async function narrate(caption: string, person: SimPerson, readMs = READ_MS): Promise<void> {
    tell({ caption, personId: person.id });
    await pause(readMs);
  }

  async function play(): Promise<string> {
    try {
      await playScenes({ ...parts, narrate, pause });
      return CAPTIONS.finished;
    } catch (error) {
      if (error instanceof StoryStopped) return CAPTIONS.stopped;
      if (isKind(error, "refused")) return messageOf(error);
      parts.ports.log.error("simulator: the story broke off", { reason: messageOf(error) });
      return CAPTIONS.failed;
    }
  }

  return {
    state: () => state,
    async start() {
      if (state.running) throw refused("story-runs", WORDING.storyRuns);
      stopAsked = false;
      wait = createPace(parts.watch, parts.ports.sleep);
      tell({ running: true, caption: null });
      const caption = await play();
      tell({ running: false, caption });
    },
    stop() {
      stopAsked = state.running;
    },
  };
}
