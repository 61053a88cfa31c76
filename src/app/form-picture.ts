/** The picture that the platform's form of name and phone number must show: the office's name on a plain ground. */
import type { RequestHandler } from "express";
import { sans } from "../reporting/documents/fonts";

export const FORM_PICTURE_PATH = "/pictures/form.png";

const WIDTH_PX = 640;
const HEIGHT_PX = 360;
const TEXT_PX = 34;
const DAY_S = 86_400;

const escaped = (text: string): string => text.replace(/[<>&"]/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);

async function draw(title: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const { family, files } = sans();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_PX}" height="${HEIGHT_PX}">
    <rect width="100%" height="100%" fill="#0b5cab"/><text x="50%" y="50%" text-anchor="middle"
    dominant-baseline="middle" font-family="${family}" font-size="${TEXT_PX}" fill="#fff">${escaped(title)}</text></svg>`;
  const font = { loadSystemFonts: false, fontFiles: files, defaultFontFamily: family };
  return new Resvg(svg, { font }).render().asPng();
}

export function serveFormPicture(title: string): RequestHandler {
  let drawn: Promise<Uint8Array> | null = null;
  return async (_request, response) => {
    drawn ??= draw(title);
    const png = Buffer.from(await drawn);
    response.type("png").set("cache-control", `public, max-age=${DAY_S}`).send(png);
  };
}
