CREATE TABLE "general_answers" (
	"ticket_code" text PRIMARY KEY NOT NULL,
	"question" text NOT NULL,
	"answer" text NOT NULL,
	"office_unit_code" text NOT NULL,
	"fills" text,
	"approved_by" text NOT NULL,
	"approved_at" bigint NOT NULL,
	"withdrawn_at" bigint
);
--> statement-breakpoint
ALTER TABLE "tickets" ADD COLUMN "lead_code" text;--> statement-breakpoint
ALTER TABLE "general_answers" ADD CONSTRAINT "general_answers_ticket_code_tickets_code_fk" FOREIGN KEY ("ticket_code") REFERENCES "public"."tickets"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tickets_lead" ON "tickets" USING btree ("lead_code");