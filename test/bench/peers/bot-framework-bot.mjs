/** The form with Bot Framework's dialogs; its adapter speaks plain HTTP here, so that no cloud is asked. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BotAdapter, ConversationState, MemoryStorage, TurnContext } from "botbuilder-core";
import { DialogSet, NumberPrompt, TextPrompt, WaterfallDialog } from "botbuilder-dialogs";
import express from "express";
import pg from "pg";
import { checkText, env, LABELS, listening, OFFER, RECEIPT } from "./form.mjs";

class HttpAdapter extends BotAdapter {
  async sendActivities(_context, activities) {
    const ids = [];
    for (const { conversation, text } of activities) {
      const response = await fetch(`${env("SINK")}/activities`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ user: conversation.id, text }),
      });
      ids.push(await response.json());
    }
    return ids;
  }
  async process(activity, logic) {
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }
}

class PgStorage {
  constructor(pool) {
    this.pool = pool;
  }
  async read(keys) {
    const { rows } = await this.pool.query("select key, value from bot_state where key = any($1)", [keys]);
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  }
  async write(changes) {
    for (const [key, value] of Object.entries(changes))
      await this.pool.query(
        "insert into bot_state values ($1, $2) on conflict (key) do update set value = excluded.value",
        [key, JSON.stringify(value)],
      );
  }
  async delete(keys) {
    await this.pool.query("delete from bot_state where key = any($1)", [keys]);
  }
}

class FileStorage {
  constructor(folder) {
    this.folder = folder;
  }
  fileOf(key) {
    return join(this.folder, `${encodeURIComponent(key)}.json`);
  }
  async read(keys) {
    const found = {};
    for (const key of keys) {
      const text = await readFile(this.fileOf(key), "utf8").catch(() => null);
      if (text !== null) found[key] = JSON.parse(text);
    }
    return found;
  }
  async write(changes) {
    for (const [key, value] of Object.entries(changes))
      await writeFile(this.fileOf(key), JSON.stringify(value));
  }
  async delete(keys) {
    for (const key of keys) await rm(this.fileOf(key), { force: true });
  }
}

async function storage() {
  switch (env("STORE")) {
    case "memory":
      return new MemoryStorage();
    case "file":
      await mkdir(env("DATA_DIR"), { recursive: true });
      return new FileStorage(env("DATA_DIR"));
    default: {
      const pool = new pg.Pool({ connectionString: env("DATABASE_URL") });
      await pool.query("create table if not exists bot_state (key text primary key, value jsonb not null)");
      return new PgStorage(pool);
    }
  }
}

const state = new ConversationState(await storage());
const dialogs = new DialogSet(state.createProperty("dialogs"));
dialogs.add(
  new NumberPrompt("figure", async ({ recognized }) => recognized.succeeded && recognized.value >= 0),
);
dialogs.add(new TextPrompt("text"));
dialogs.add(
  new WaterfallDialog("form", [
    ...LABELS.map((label, i) => async (step) => {
      if (i > 0) step.values[i - 1] = step.result;
      return step.prompt("figure", { prompt: label, retryPrompt: `Chưa rõ con số. ${label}` });
    }),
    async (step) => {
      step.values[LABELS.length - 1] = step.result;
      return step.prompt("text", OFFER);
    },
    async (step) => step.prompt("text", checkText(LABELS.map((_, i) => step.values[i]))),
    async (step) => {
      await step.context.sendActivity(RECEIPT);
      return step.endDialog();
    },
  ]),
);

const adapter = new HttpAdapter();
const app = express();
app.use(express.json());
app.post("/", async (request, response) => {
  await adapter.process(request.body, async (context) => {
    const dialog = await dialogs.createContext(context);
    const { status } = await dialog.continueDialog();
    if (status === "empty" && context.activity.text === "báo cáo") await dialog.beginDialog("form");
    await state.saveChanges(context);
  });
  response.sendStatus(200);
});
listening(app);
