/** The twins: every promise of a store is checked on the embedded database and on a PostgreSQL server. */
import { afterAll, beforeAll, describe } from "@jest/globals";
import { Client } from "pg";
import { openEmbedded, openServer, type Store } from "../../src/store/database";
import { readMigratedDump } from "./migrated-dump";

const SERVER_URL = process.env["TEST_DATABASE_URL"];

/** A fresh embedded database, already migrated. */
export const freshEmbedded = async (): Promise<Store> => openEmbedded(undefined, await readMigratedDump());

/** A fresh database on the server, dropped again by `close`. */
export async function freshServer(url: string): Promise<Store> {
  const name = `cau_noi_${process.pid}_${process.hrtime.bigint()}`;
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const store = await openServer(own.toString());
  return {
    ...store,
    close: async () => {
      await store.close();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

/** Runs the suite once for each kind of database; `store()` gives the one in hand, fresh for each suite. */
export function eachStore(suite: (store: () => Store) => void): void {
  const kinds: [string, () => Promise<Store>][] = [["PGlite", freshEmbedded]];
  if (SERVER_URL !== undefined) kinds.push(["PostgreSQL", () => freshServer(SERVER_URL)]);
  describe.each(kinds)("on %s", (_name, open) => {
    let store: Store | undefined;
    beforeAll(async () => {
      store = await open();
    }, 60_000);
    afterAll(async () => store?.close());
    suite(() => {
      if (store === undefined) throw new Error("the store is not open yet");
      return store;
    });
  });
}
