/** The least that could be done with a webhook: check the signature, answer 200, remember nothing. */
import { createHash, timingSafeEqual } from "node:crypto";
import express from "express";
import { env, listening } from "./form.mjs";

const app = express();
app.post("/webhook/zalo", express.raw({ type: () => true }), (request, response) => {
  const { timestamp } = JSON.parse(request.body.toString("utf8"));
  const mac = createHash("sha256")
    .update(env("ZALO_APP_ID"))
    .update(request.body)
    .update(String(timestamp))
    .update(env("ZALO_OA_SECRET_KEY"))
    .digest();
  const given = Buffer.from((request.headers["x-zevent-signature"] ?? "").replace("mac=", ""), "hex");
  if (given.length === mac.length && timingSafeEqual(given, mac)) response.sendStatus(200);
  else response.sendStatus(401);
});
listening(app);
