CREATE TABLE "office_groups" (
	"group_id" text PRIMARY KEY NOT NULL,
	"unit_code" text NOT NULL,
	"bound_by" text NOT NULL,
	"bound_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "spending" (
	"month" text NOT NULL,
	"purse" text NOT NULL,
	"messages" integer NOT NULL,
	CONSTRAINT "spending_month_purse_pk" PRIMARY KEY("month","purse")
);
--> statement-breakpoint
ALTER TABLE "persons" ADD COLUMN "phone_sealed" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "lane" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "refused_lanes" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "group_id" text;--> statement-breakpoint
ALTER TABLE "office_groups" ADD CONSTRAINT "office_groups_unit_code_units_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."units"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_unknown" ON "deliveries" USING btree ("not_before") WHERE status = 'unknown';