/** The few pages this program serves itself: one small style, nothing that runs. */
import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark }
body { margin: 0 auto; max-width: 36rem; padding: 3rem 1.25rem; font: 1.0625rem/1.6 system-ui, sans-serif }
h1 { font-size: 1.5rem; line-height: 1.3; text-wrap: balance }
p { margin: 0 0 1rem }
input { display: block; box-sizing: border-box; width: 100%; margin: 0.25rem 0 1rem; padding: 0.6rem; font: inherit }
button { padding: 0.6rem 1.25rem; font: inherit }
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
/** Text, safe inside HTML and its attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** A whole page; `head` and `body` are HTML already. */
export function page(title: string, head: readonly string[], body: readonly string[]): string {
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
