/**
 * Granting the app, for the account's administrator in a browser. The token of the API opens it, from the header
 * or from the form: in an address it would stay behind in histories and logs.
 */
import express, { Router, type RequestHandler, type Response } from "express";
import { z } from "zod";
import { bearerOf, type TokenCheck } from "./access";
import { escape, page } from "./page";
import type { GrantPort } from "./ports";
import { GRANT } from "./wording.vi";

const PATH = "/zalo/authorize";
const MAX_FORM = "4kb";

const show = (paragraphs: readonly string[]): string =>
  page(GRANT.title, [], ["<main>", `<h1>${escape(GRANT.title)}</h1>`, ...paragraphs, "</main>"]);
const words = (text: string): string => `<p>${escape(text)}</p>`;

const callback = (url: string): string => `<p>${escape(GRANT.callback)}<br><code>${escape(url)}</code></p>`;

const form = (trouble: readonly string[], callbackUrl: string): string =>
  show([
    ...trouble.map(words),
    words(GRANT.ask),
    `<ol>${GRANT.steps.map((step) => `<li>${escape(step)}</li>`).join("")}</ol>`,
    callback(callbackUrl),
    `<form method="post" action="${PATH}">`,
    `<label>${escape(GRANT.token)}<input type="password" name="token" autocomplete="off" required></label>`,
    `<button>${escape(GRANT.next)}</button>`,
    "</form>",
    words(GRANT.otherWay),
  ]);

const formSchema = z.object({ token: z.string().optional().catch(undefined) }).catch({});
const one = z.string().min(1).optional().catch(undefined);
const answerSchema = z.object({ code: one, state: one, oa_id: one });

export function createGrantRouter(grant: GrantPort, check: TokenCheck, limit: RequestHandler): Router {
  const router = Router();
  const fresh: RequestHandler = (_request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    next();
  };

  const refuse = (response: Response, why: "wrong" | "wait"): void => {
    const trouble = why === "wait" ? GRANT.tooMany : GRANT.wrong;
    response
      .status(why === "wait" ? 429 : 401)
      .type("html")
      .send(form([trouble], grant.callbackUrl));
  };

  router.get(PATH, limit, fresh, async (request, response) => {
    const given = bearerOf(request);
    if (given === undefined) {
      response.type("html").send(form([], grant.callbackUrl));
      return;
    }
    const verdict = await check(given, request.ip ?? "");
    if (verdict.kind === "right") response.redirect(await grant.begin());
    else refuse(response, verdict.kind);
  });

  router.post(
    PATH,
    limit,
    fresh,
    express.urlencoded({ extended: false, limit: MAX_FORM }),
    async (request, response) => {
      const verdict = await check(formSchema.parse(request.body).token, request.ip ?? "");
      if (verdict.kind !== "right") {
        refuse(response, verdict.kind);
        return;
      }
      // A link, not a redirect: browsers keep forms of this site from ending at another.
      const link = `<p><a href="${escape(await grant.begin())}">${escape(GRANT.link)}</a></p>`;
      response.type("html").send(show([words(GRANT.ready), link]));
    },
  );

  router.get("/zalo/callback", limit, fresh, async (request, response) => {
    const { code, state, oa_id } = answerSchema.parse(request.query);
    const { kind } = await grant.finish({ code, state, oaId: oa_id });
    const again =
      kind === "granted"
        ? []
        : [callback(grant.callbackUrl), `<p><a href="${PATH}">${escape(GRANT.again)}</a></p>`];
    response
      .status(kind === "granted" ? 200 : 400)
      .type("html")
      .send(show([words(GRANT.outcome[kind]), ...again]));
  });
  return router;
}
