/** The page at `/`: what this address is, and the proof to the platform whose it is. */
import { createHash } from "node:crypto";
import { Router } from "express";
import type { SiteView } from "./ports";
import { HOME } from "./wording.vi";

const STYLE = `
:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 36rem; padding: 3rem 1.25rem; font: 1.0625rem/1.6 system-ui, sans-serif }
h1 { font-size: 1.5rem; line-height: 1.3; text-wrap: balance }
p { margin: 0 0 1rem }
`;

/** The one style sheet that pages may hold in themselves, as a source for the content security policy. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

function page(title: string, head: readonly string[], body: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="vi">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ...head,
    `<title>${escape(title)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    ...body,
    "</body>",
    "</html>",
  ].join("\n");
}

export function createHomeRouter(site: SiteView): Router {
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
  router.get("/", (_request, response) => {
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
