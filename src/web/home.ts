/** The page at `/`: what this address is, and the proof to the platform whose it is. */
import { Router, type RequestHandler } from "express";
import { escape, page } from "./page";
import type { SiteView } from "./ports";
import { HOME } from "./wording.vi";

export function createHomeRouter(site: SiteView, limit: RequestHandler): Router {
  const { name, about, office, verification, simulatorPath } = site;
  const proof =
    verification === undefined
      ? []
      : [`<meta name="zalo-platform-site-verification" content="${escape(verification)}">`];
  const home = page(name, proof, [
    "<main>",
    `<h1>${escape(name)}</h1>`,
    `<p>${escape(about)}</p>`,
    `<p>${escape(HOME.invitation)}</p>`,
    `<p>${escape(HOME.office(office))}</p>`,
    ...(simulatorPath === undefined
      ? []
      : [`<p><a href="${escape(simulatorPath)}">${escape(HOME.simulator)}</a></p>`]),
    "</main>",
  ]);

  const router = Router();
  router.get("/", limit, (_request, response) => {
    response.type("html").send(home);
  });
  if (verification !== undefined) {
    const file = `/zalo_verifier${verification}.html`;
    router.use((request, response, next) => {
      if (request.method === "GET" && request.path === file)
        response.type("html").send(page(name, proof, [`<p>${escape(verification)}</p>`]));
      else next();
    });
  }
  return router;
}
