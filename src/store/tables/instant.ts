import { bigint } from "drizzle-orm/pg-core";

/** A column that holds an instant: milliseconds since the epoch. */
export const instant = (name: string) => bigint(name, { mode: "number" });
