/** The form with grammY and its conversations plugin, as its documentation builds one. */
import { conversations, createConversation } from "@grammyjs/conversations";
import { FileAdapter } from "@grammyjs/storage-file";
import { PsqlAdapter } from "@grammyjs/storage-psql";
import express from "express";
import { Bot, webhookCallback } from "grammy";
import pg from "pg";
import { checkText, env, figureOf, LABELS, listening, OFFER, RECEIPT } from "./form.mjs";

async function adapter() {
  switch (env("STORE")) {
    case "memory":
      return undefined;
    case "file":
      return new FileAdapter({ dirName: env("DATA_DIR") });
    default: {
      const client = new pg.Client({ connectionString: env("DATABASE_URL") });
      await client.connect();
      return PsqlAdapter.create({ tableName: "sessions", client });
    }
  }
}

async function form(conversation, ctx) {
  const values = [];
  for (const label of LABELS) {
    await ctx.reply(label);
    for (;;) {
      const { message } = await conversation.waitFor("message:text");
      const figure = figureOf(message.text);
      if (figure !== null) {
        values.push(figure);
        break;
      }
      await ctx.reply(`Chưa rõ con số. ${label}`);
    }
  }
  await ctx.reply(OFFER);
  await conversation.waitFor("message:text");
  await ctx.reply(checkText(values));
  await conversation.waitFor("message:text");
  await ctx.reply(RECEIPT);
}

const bot = new Bot("1:bench", {
  client: { apiRoot: env("SINK") },
  botInfo: { id: 1, is_bot: true, first_name: "bench", username: "bench_bot" },
});
const stored = await adapter();
bot.use(conversations(stored === undefined ? {} : { storage: { type: "key", version: 0, adapter: stored } }));
bot.use(createConversation(form));
bot.hears("báo cáo", (ctx) => ctx.conversation.enter("form"));

const app = express();
app.use(express.json());
app.post("/", webhookCallback(bot, "express"));
listening(app);
