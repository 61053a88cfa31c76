/** Folded words that mean the same everywhere. */
import { foldedWords } from "../src/core/text";

const YES = new Set(
  "dung,dung roi,dung vay,dung a,co,co a,ok,oke,okay,vang,da,da dung,da vang,uh,um,u,dong y,xac nhan,chuan,chinh xac,dc,duoc,yes".split(
    ",",
  ),
);
const NO = new Set(
  "khong,ko,k,khong a,khong dung,sai,sai roi,thoi,khong dong y,tu choi,chua,chua dung,nhap lai,no".split(","),
);
const BACK = new Set(["quay lai", "lui lai", "tro lai", "back"]);
const DONE = new Set(
  "xong,xong roi,het,het roi,gui luon,gui,gui di,khong,ko,k,khong them,thoi,du roi,ok,khong co,ko co".split(
    ",",
  ),
);

export const saysYes = (text: string): boolean => YES.has(foldedWords(text));
export const saysNo = (text: string): boolean => NO.has(foldedWords(text));
export const saysBack = (text: string): boolean => BACK.has(foldedWords(text));
/** Nothing to add. */
export const saysDone = (text: string): boolean => DONE.has(foldedWords(text));

/** The number of a line in a list that was shown, from 1; null when the text is none. */
export function pickedLine(text: string, lines: number): number | null {
  const match = /^\(?(?:so |muc |cau )?(\d{1,2})$/.exec(foldedWords(text));
  const picked = Number(match?.[1] ?? 0);
  return picked >= 1 && picked <= lines ? picked : null;
}
