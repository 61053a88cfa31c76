/** What a handler of effects is: who asked, what for, and that none may be missing. */
import type { Instant } from "../core/clock";
import type { EffectOf, EffectType } from "../conversation/effects";
import type { Db } from "../store/database";

/** Who asked, by which event, and when that event arrived. */
export interface Asked {
  readonly personId: string;
  readonly eventKey: string;
  readonly at: Instant;
  readonly now: Instant;
}

export type Handler<T extends EffectType> = (db: Db, effect: EffectOf<T>, asked: Asked) => Promise<void>;

/** What was said goes to the outbox; everything else has a handler here, or the program does not compile. */
export type Handlers = { readonly [T in Exclude<EffectType, "say">]: Handler<T> };
