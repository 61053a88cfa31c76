/** The chart of a digest as a picture that a chat can show. */
import { digestChartSvg } from "../chart";
import type { DigestContent } from "../digest-content";
import { sans } from "./fonts";

/** Drawn with the faces we ship and no others, so it looks the same on every machine. */
export async function pngOf(content: DigestContent): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const { family, files } = sans();
  const svg = await digestChartSvg(content, family);
  const drawing = new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: files, defaultFontFamily: family },
    background: "#ffffff",
  });
  return drawing.render().asPng();
}
