CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"last_four" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"rate_per_minute" integer,
	"budget" jsonb,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" text PRIMARY KEY NOT NULL,
	"call_id" text NOT NULL,
	"number" integer NOT NULL,
	"tries" integer NOT NULL,
	"state" text NOT NULL,
	"live" boolean NOT NULL,
	"why" text,
	"asked" boolean NOT NULL,
	"priority" smallint NOT NULL,
	"due_at" timestamp (3) with time zone,
	"held_by" text,
	"committed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"conversation_id" text,
	"call_sid" text,
	"sip_call_id" text,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"fence" integer NOT NULL,
	"version" integer NOT NULL,
	"watched_ms" bigint NOT NULL,
	"cleared_until" timestamp (3) with time zone,
	"line_id" text NOT NULL,
	"to_hash" text NOT NULL,
	"outcome" text,
	"result" jsonb,
	"seconds" integer,
	"cents" integer,
	CONSTRAINT "attempts_of_call" UNIQUE("call_id","number")
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" text PRIMARY KEY NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"origin" text NOT NULL,
	"to_number" text,
	"to_hash" text NOT NULL,
	"agent_id" text NOT NULL,
	"line_id" text NOT NULL,
	"plan" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"retry" jsonb NOT NULL,
	"redial_after_unknown" boolean NOT NULL,
	"deadline_at" timestamp (3) with time zone NOT NULL,
	"cancelled_by" text,
	"status" text NOT NULL,
	"outcome" text,
	"result" jsonb,
	"attempts" integer NOT NULL,
	"latest_attempt" text NOT NULL,
	"last_seq" integer NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "control" (
	"id" smallint PRIMARY KEY NOT NULL,
	"stopped_by" text,
	"stop_reason" text,
	"stopped_at" timestamp (3) with time zone,
	"capacity_limit" integer,
	"capacity_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key_id" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"call_id" text,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_key_id_key_pk" PRIMARY KEY("key_id","key")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"delivery_key" text NOT NULL,
	"type" text NOT NULL,
	"conversation_id" text,
	"attempt_id" text,
	"received_at" timestamp (3) with time zone NOT NULL,
	"event_at" timestamp (3) with time zone,
	"body" jsonb NOT NULL,
	"due_at" timestamp (3) with time zone,
	"tries" integer NOT NULL,
	"processed_at" timestamp (3) with time zone,
	"note" text,
	CONSTRAINT "inbox_delivery_key_unique" UNIQUE("delivery_key")
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"key" text,
	"call_id" text,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"owner" text,
	"lease_until" timestamp (3) with time zone,
	"fence" integer NOT NULL,
	"tries" integer NOT NULL,
	"done_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"log" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "line_paces" (
	"line_id" text PRIMARY KEY NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"slowed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "recordings" (
	"conversation_id" text PRIMARY KEY NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"mp3" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "suppressions" (
	"hash" text PRIMARY KEY NOT NULL,
	"masked" text NOT NULL,
	"reason" text NOT NULL,
	"note" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "timeline" (
	"call_id" text NOT NULL,
	"seq" integer NOT NULL,
	"attempt_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "timeline_call_id_seq_pk" PRIMARY KEY("call_id","seq")
);
--> statement-breakpoint
CREATE TABLE "usage" (
	"day" date NOT NULL,
	"key_id" text NOT NULL,
	"calls" integer NOT NULL,
	"seconds" bigint NOT NULL,
	"cents" bigint NOT NULL,
	CONSTRAINT "usage_day_key_id_pk" PRIMARY KEY("day","key_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"events" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attempts_due" ON "attempts" USING btree ("line_id","priority","due_at") WHERE state = 'scheduled';--> statement-breakpoint
CREATE INDEX "attempts_live" ON "attempts" USING btree ("to_hash") WHERE live;--> statement-breakpoint
CREATE INDEX "attempts_conversation" ON "attempts" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "attempts_call_sid" ON "attempts" USING btree ("call_sid");--> statement-breakpoint
CREATE INDEX "attempts_sip_call" ON "attempts" USING btree ("sip_call_id");--> statement-breakpoint
CREATE INDEX "calls_created" ON "calls" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "calls_status" ON "calls" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_outcome" ON "calls" USING btree ("outcome","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_to" ON "calls" USING btree ("to_hash","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_key" ON "calls" USING btree ("key_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_agent" ON "calls" USING btree ("agent_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_line" ON "calls" USING btree ("line_id","created_at","id");--> statement-breakpoint
CREATE INDEX "calls_metadata" ON "calls" USING gin ("metadata" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "calls_ended" ON "calls" USING btree ("ended_at") WHERE forgotten_at is null;--> statement-breakpoint
CREATE INDEX "idempotency_expiry" ON "idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "idempotency_call" ON "idempotency_keys" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at") WHERE processed_at is null;--> statement-breakpoint
CREATE INDEX "inbox_conversation" ON "inbox" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "inbox_attempt" ON "inbox" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "jobs_key" ON "jobs" USING btree ("kind","key") WHERE done_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "jobs_due" ON "jobs" USING btree ("due_at") WHERE done_at is null and failed_at is null;--> statement-breakpoint
CREATE INDEX "jobs_over" ON "jobs" USING btree (coalesce(done_at, failed_at));--> statement-breakpoint
CREATE INDEX "jobs_call" ON "jobs" USING btree ("call_id");--> statement-breakpoint
CREATE INDEX "suppressions_added" ON "suppressions" USING btree ("added_at","hash");