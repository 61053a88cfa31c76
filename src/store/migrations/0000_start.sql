CREATE TABLE "consents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"purpose" text NOT NULL,
	"wording_version" text NOT NULL,
	"granted" boolean NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"code" text PRIMARY KEY NOT NULL,
	"unit_code" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_by" text,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"person_id" text NOT NULL,
	"unit_code" text NOT NULL,
	"role" text NOT NULL,
	"linked_at" bigint NOT NULL,
	CONSTRAINT "memberships_person_id_unit_code_role_pk" PRIMARY KEY("person_id","unit_code","role")
);
--> statement-breakpoint
CREATE TABLE "persons" (
	"id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"display_name" text,
	"created_at" bigint NOT NULL,
	"last_interaction_at" bigint,
	"replies_left" integer,
	"opted_out_at" bigint,
	"unreachable" text,
	"silent_until" bigint,
	"link_tries" integer DEFAULT 0 NOT NULL,
	"link_blocked_until" bigint,
	"forgotten_at" bigint,
	CONSTRAINT "persons_address_unique" UNIQUE("address")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"person_id" text PRIMARY KEY NOT NULL,
	"data" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "units" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"group_name" text NOT NULL,
	"parent_code" text,
	"aliases" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"valid_from" text,
	"valid_to" text
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"event_key" text NOT NULL,
	"person_id" text,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"occurred_at" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"reason" text,
	"handled_at" bigint,
	CONSTRAINT "inbox_event_key_unique" UNIQUE("event_key")
);
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation_id" text NOT NULL,
	"person_id" text NOT NULL,
	"url" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"sha256" text,
	"mime" text,
	"size_bytes" integer,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" text PRIMARY KEY NOT NULL,
	"line" text NOT NULL,
	"period" text NOT NULL,
	"receiver_unit_code" text NOT NULL,
	"frozen_at" bigint NOT NULL,
	"sha256" text NOT NULL,
	"canonical" text NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"obligation_id" text PRIMARY KEY NOT NULL,
	"values" jsonb NOT NULL,
	"marks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"person_id" text NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "extensions" (
	"id" text PRIMARY KEY NOT NULL,
	"obligation_id" text NOT NULL,
	"until" bigint NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"asked_by" text,
	"decided_by" text,
	"at" bigint NOT NULL,
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "obligations" (
	"id" text PRIMARY KEY NOT NULL,
	"line" text NOT NULL,
	"period" text NOT NULL,
	"unit_code" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"closes_at" bigint NOT NULL,
	"exempt_reason" text,
	"version" integer DEFAULT 0 NOT NULL,
	"nil" boolean DEFAULT false NOT NULL,
	"submitted_at" bigint,
	"last_submitted_at" bigint,
	"draft_started_at" bigint,
	"reached" boolean DEFAULT true NOT NULL,
	"not_reached_reason" text
);
--> statement-breakpoint
CREATE TABLE "periods" (
	"line" text NOT NULL,
	"id" text NOT NULL,
	"starts_on" text NOT NULL,
	"ends_on" text NOT NULL,
	"opens_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"closes_at" bigint NOT NULL,
	"rule" text NOT NULL,
	CONSTRAINT "periods_line_id_pk" PRIMARY KEY("line","id")
);
--> statement-breakpoint
CREATE TABLE "reminder_steps" (
	"person_id" text NOT NULL,
	"obligation_id" text NOT NULL,
	"step" text NOT NULL,
	"event_key" text NOT NULL,
	"planned_at" bigint NOT NULL,
	CONSTRAINT "reminder_steps_person_id_obligation_id_step_pk" PRIMARY KEY("person_id","obligation_id","step")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"obligation_id" text NOT NULL,
	"version" integer NOT NULL,
	"code" text NOT NULL,
	"values" jsonb NOT NULL,
	"marks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"nil" boolean NOT NULL,
	"late" boolean NOT NULL,
	"person_id" text NOT NULL,
	"at" bigint NOT NULL,
	"event_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"person_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"helpful" boolean NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "feedback_person_id_entry_id_pk" PRIMARY KEY("person_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "ticket_replies" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"ticket_code" text NOT NULL,
	"text" text NOT NULL,
	"by" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tickets" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"text" text NOT NULL,
	"person_id" text,
	"unit_code" text,
	"line" text,
	"receiver_unit_code" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"message" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" bigint NOT NULL,
	"last_error" text,
	"message_id" text,
	"event_key" text NOT NULL,
	"unique_key" text,
	"created_at" bigint NOT NULL,
	"claimed_at" bigint,
	"sent_at" bigint,
	CONSTRAINT "deliveries_unique_key_unique" UNIQUE("unique_key")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oa_tokens" (
	"oa_id" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"previous_sealed" text,
	"expires_at" bigint NOT NULL,
	"refused_at" bigint,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_unit_code_units_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."units"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_unit_code_units_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."units"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_persons_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."persons"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "extensions" ADD CONSTRAINT "extensions_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_obligation_id_obligations_id_fk" FOREIGN KEY ("obligation_id") REFERENCES "public"."obligations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ticket_replies" ADD CONSTRAINT "ticket_replies_ticket_code_tickets_code_fk" FOREIGN KEY ("ticket_code") REFERENCES "public"."tickets"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "memberships_unit" ON "memberships" USING btree ("unit_code");--> statement-breakpoint
CREATE INDEX "inbox_person" ON "inbox" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("person_id","occurred_at","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "attachments_obligation" ON "attachments" USING btree ("obligation_id");--> statement-breakpoint
CREATE INDEX "attachments_waiting" ON "attachments" USING btree ("at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "digests_key" ON "digests" USING btree ("line","period");--> statement-breakpoint
CREATE INDEX "extensions_obligation" ON "extensions" USING btree ("obligation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "obligations_key" ON "obligations" USING btree ("line","period","unit_code");--> statement-breakpoint
CREATE INDEX "obligations_unit" ON "obligations" USING btree ("unit_code","due_at");--> statement-breakpoint
CREATE INDEX "reminder_steps_obligation" ON "reminder_steps" USING btree ("obligation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_version" ON "reports" USING btree ("obligation_id","version");--> statement-breakpoint
CREATE INDEX "reports_at" ON "reports" USING btree ("at");--> statement-breakpoint
CREATE INDEX "reports_person" ON "reports" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "ticket_replies_ticket" ON "ticket_replies" USING btree ("ticket_code");--> statement-breakpoint
CREATE INDEX "tickets_status" ON "tickets" USING btree ("kind","status");--> statement-breakpoint
CREATE INDEX "tickets_person" ON "tickets" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("not_before","seq") WHERE status in ('queued', 'later');--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "deliveries" USING btree ("person_id","seq");--> statement-breakpoint
CREATE INDEX "deliveries_event" ON "deliveries" USING btree ("event_key");