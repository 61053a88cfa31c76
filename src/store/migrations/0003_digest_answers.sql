CREATE TABLE "clarifications" (
	"code" text PRIMARY KEY NOT NULL,
	"digest_id" text NOT NULL,
	"line" text NOT NULL,
	"period" text NOT NULL,
	"unit_code" text NOT NULL,
	"field" text,
	"value" jsonb,
	"version" integer NOT NULL,
	"question" text NOT NULL,
	"office_unit_code" text NOT NULL,
	"asked_by" text,
	"asked_at" bigint NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "digest_receipts" (
	"digest_id" text NOT NULL,
	"person_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "digest_receipts_digest_id_person_id_pk" PRIMARY KEY("digest_id","person_id")
);
--> statement-breakpoint
CREATE INDEX "clarifications_digest" ON "clarifications" USING btree ("digest_id");--> statement-breakpoint
CREATE INDEX "clarifications_line" ON "clarifications" USING btree ("line","asked_at");--> statement-breakpoint
CREATE INDEX "clarifications_unit" ON "clarifications" USING btree ("unit_code","asked_at");--> statement-breakpoint
CREATE INDEX "clarifications_asked_by" ON "clarifications" USING btree ("asked_by");