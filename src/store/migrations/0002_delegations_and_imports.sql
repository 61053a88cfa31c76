CREATE TABLE "delegations" (
	"id" text PRIMARY KEY NOT NULL,
	"unit_code" text NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text,
	"granted_by" text NOT NULL,
	"at" bigint NOT NULL,
	"person_id" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "roster_imports" (
	"seq" serial PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"file_name" text NOT NULL,
	"changes" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roster_units" (
	"code" text PRIMARY KEY NOT NULL,
	"unit" jsonb NOT NULL,
	"seq" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "post" text;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "delegation_id" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "post" text;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "delegation_id" text;--> statement-breakpoint
ALTER TABLE "units" ADD COLUMN "successor_code" text;--> statement-breakpoint
ALTER TABLE "delegations" ADD CONSTRAINT "delegations_unit_code_units_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."units"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delegations_unit" ON "delegations" USING btree ("unit_code");