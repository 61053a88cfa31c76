/** What the program under chaos stands on: a small disk, servers of its own where there are any, ways that can be cut. */
import { relayTo, type Relay } from "../support/cuttable";
import type { DatabaseKind } from "../support/program-databases";
import { openReplicas, type Replicas } from "../support/replicas";
import type { Instant } from "../../src/core/clock";
import { startOwnPostgres, type OwnPostgres } from "./own-postgres";
import { startOwnRedis, type OwnRedis } from "./own-redis";
import { openSmallDisk, type SmallDisk } from "./small-disk";

export interface WorldOptions {
  readonly database: DatabaseKind;
  readonly startsAt: Instant;
  /** Used where this machine has no server of its own to start. */
  readonly redisUrl: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

export interface World {
  readonly replicas: Replicas;
  readonly disk: SmallDisk;
  /** The ways to the servers; null where there is none. */
  readonly ways: { readonly database: Relay | null; readonly redis: Relay | null };
  /** Servers that are nobody else's; null where they may only be cut off. */
  readonly own: { readonly postgres: OwnPostgres | null; readonly redis: OwnRedis | null };
  /** Ends everything; fails when the platform was sent anything undocumented. */
  close(): Promise<void>;
}

/** The embedded database and all it needs with a campaign of this size, several times over. */
const DISK_MEGABYTES = 256;

export async function openWorld({ database, startsAt, redisUrl, env }: WorldOptions): Promise<World> {
  const isServer = database === "PostgreSQL";
  const disk = await openSmallDisk(DISK_MEGABYTES);
  const postgres = isServer ? await startOwnPostgres(disk.folder) : null;
  const ownRedis = isServer ? await startOwnRedis() : null;
  const anyRedisUrl = isServer ? (ownRedis?.url ?? redisUrl) : undefined;
  const redis = anyRedisUrl === undefined ? null : await relayTo(anyRedisUrl);
  const replicas = await openReplicas({
    ...{ database, startsAt, env, redisUrl: redis?.url, relayed: true },
    places: { parent: disk.folder, serverUrl: postgres?.url },
  });
  return {
    replicas,
    disk,
    ways: { database: replicas.relay, redis },
    own: { postgres, redis: ownRedis },
    async close() {
      await disk.free();
      await postgres?.ensure();
      try {
        await replicas.end();
      } finally {
        await redis?.close();
        await postgres?.stop();
        await ownRedis?.stop();
        await disk.remove();
      }
    },
  };
}
