/** Who writes to us, and whom they speak for. */
import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  serial,
  text,
} from "drizzle-orm/pg-core";
import { instant } from "./instant";

export const persons = pgTable("persons", {
  id: text("id").primaryKey(),
  /** The platform's own id of this person for our account: always a string. */
  address: text("address").notNull().unique(),
  displayName: text("display_name"),
  createdAt: instant("created_at").notNull(),
  lastInteractionAt: instant("last_interaction_at"),
  /** Free replies left in the current window as the platform last told; null when it has not. */
  repliesLeft: integer("replies_left"),
  optedOutAt: instant("opted_out_at"),
  /** Why the platform will not deliver to this person any more; null while it does. */
  unreachable: text("unreachable"),
  /** Until when the bot keeps quiet because an officer has taken over. */
  silentUntil: instant("silent_until"),
  /** A phone number given for reminders, sealed; null without consent. */
  phoneSealed: text("phone_sealed"),
  linkTries: integer("link_tries").notNull().default(0),
  linkBlockedUntil: instant("link_blocked_until"),
  /** When the person asked to be forgotten; the address goes once the farewell has been sent. */
  forgottenAt: instant("forgotten_at"),
});

export const sessions = pgTable("sessions", {
  personId: text("person_id")
    .primaryKey()
    .references(() => persons.id, { onDelete: "cascade" }),
  data: jsonb("data").notNull(),
  updatedAt: instant("updated_at").notNull(),
});

export const units = pgTable(
  "units",
  {
    code: text("code").primaryKey(),
    name: text("name").notNull(),
    shortName: text("short_name").notNull(),
    group: text("group_name").notNull(),
    parentCode: text("parent_code"),
    /** Other ways to write the name, folded; for search. */
    aliases: jsonb("aliases").$type<string[]>().notNull().default([]),
    validFrom: text("valid_from"),
    validTo: text("valid_to"),
    /** The unit it was merged into, whose history then goes on from both. */
    successorCode: text("successor_code"),
  },
  (table) => [
    index("units_successor")
      .on(table.successorCode)
      .where(sql`${table.successorCode} is not null`),
  ],
);

/** Units that came by import: each as a whole, over what the campaign's files say of it. */
export const rosterUnits = pgTable("roster_units", {
  code: text("code").primaryKey(),
  unit: jsonb("unit").notNull(),
  /** The import it came with. */
  seq: integer("seq").notNull(),
});

/** One row for each import; the newest one is the version of the roster that replicas compare. */
export const rosterImports = pgTable("roster_imports", {
  seq: serial("seq").primaryKey(),
  at: instant("at").notNull(),
  actor: text("actor").notNull(),
  fileName: text("file_name").notNull(),
  changes: jsonb("changes").notNull(),
});

export const memberships = pgTable(
  "memberships",
  {
    personId: text("person_id")
      .notNull()
      .references(() => persons.id, { onDelete: "cascade" }),
    unitCode: text("unit_code")
      .notNull()
      .references(() => units.code),
    role: text("role").$type<"reporter" | "staff">().notNull(),
    linkedAt: instant("linked_at").notNull(),
    /** What a reporter is in the unit; null where nobody said, which counts as head. */
    post: text("post").$type<"head" | "deputy" | "acting">(),
    /** The delegation this link lives by, and ends with; null for links of one's own. */
    delegationId: text("delegation_id"),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.unitCode, t.role] }),
    index("memberships_unit").on(t.unitCode),
  ],
);

/** A chat group of the account that an office has made its own: digests go there when its staff cannot be reached. */
export const officeGroups = pgTable("office_groups", {
  groupId: text("group_id").primaryKey(),
  unitCode: text("unit_code")
    .notNull()
    .references(() => units.code),
  boundBy: text("bound_by").notNull(),
  boundAt: instant("bound_at").notNull(),
});

export const invitations = pgTable("invitations", {
  code: text("code").primaryKey(),
  unitCode: text("unit_code")
    .notNull()
    .references(() => units.code),
  role: text("role").$type<"reporter" | "staff">().notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedBy: text("used_by"),
  usedAt: instant("used_at"),
  post: text("post").$type<"head" | "deputy">(),
  delegationId: text("delegation_id"),
});

/** That somebody reports in a unit's name for a while: on paper here, in force as a membership while it lasts. */
export const delegations = pgTable(
  "delegations",
  {
    id: text("id").primaryKey(),
    unitCode: text("unit_code")
      .notNull()
      .references(() => units.code),
    fromDay: text("from_day").notNull(),
    /** The last day; null where it lasts until it is ended. */
    toDay: text("to_day"),
    grantedBy: text("granted_by").notNull(),
    at: instant("at").notNull(),
    /** Who used the code; null while nobody has. */
    personId: text("person_id"),
    endedAt: instant("ended_at"),
  },
  (t) => [index("delegations_unit").on(t.unitCode)],
);

/** Proof of consent: rows are added, never changed. */
export const consents = pgTable(
  "consents",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    personId: text("person_id").notNull(),
    purpose: text("purpose").notNull(),
    wordingVersion: text("wording_version").notNull(),
    granted: boolean("granted").notNull(),
    at: instant("at").notNull(),
  },
  (t) => [index("consents_person").on(t.personId)],
);
