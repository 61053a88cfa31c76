/** The least a turn can cost: the webhook in through Express, the form's next line out through axios, nothing kept. */
import { Agent } from "node:http";
import axios from "axios";
import express from "express";
import { checkText, env, LABELS, listening, OFFER, RECEIPT } from "./form.mjs";

const http = axios.create({ httpAgent: new Agent({ keepAlive: true }) });
const LINES = [...LABELS, OFFER, checkText(LABELS), RECEIPT];
const turns = new Map();

const app = express();
app.use(express.json());
app.post("/", async (request, response) => {
  const { user } = request.body;
  response.sendStatus(200);
  const turn = turns.get(user) ?? 0;
  turns.set(user, (turn + 1) % LINES.length);
  await http.post(`${env("SINK")}/activities`, { user, text: LINES[turn] });
});
listening(app);
