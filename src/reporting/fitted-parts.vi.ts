/** Lists that share the room of one message: each shows whole items, as many as fit, and says how many are left. */
import { clip, lengthOf } from "../core/text";
import { numberText } from "./digest-wording.vi";

export interface ListPart {
  readonly title: string;
  readonly items: readonly string[];
  /** `lines`: one item a line; `names`: all on one line. */
  readonly as: "lines" | "names";
  /** So many items are added before the next part has its turn. */
  readonly weight: number;
}

export interface FittedPart {
  readonly text: string;
  /** Nothing was left out. */
  readonly whole: boolean;
}

const BETWEEN_PARTS_LENGTH = 2;
/** Less of an item than this tells nothing; the part is then only named. */
const LEAST_QUOTE = 60;

interface Filling {
  readonly part: ListPart;
  shown: number;
  /** The next item was too long for what is left. */
  full: boolean;
}

/**
 * Gives every part its title, then goes round adding items, the first parts first, until nothing fits any
 * more. A part of which not even the first item fits shows that item's beginning, or its title alone.
 */
export function fitted(parts: readonly ListPart[], room: number): readonly FittedPart[] {
  const fillings = parts.map((part): Filling => ({ part, shown: 0, full: false }));
  const sizes = fillings.map((filling) => sizeOf(filling));
  const used = () => sizes.reduce((a, b) => a + b, 0);
  let grew = true;
  while (grew) {
    grew = false;
    for (const [i, filling] of fillings.entries()) {
      for (
        let n = 0;
        n < filling.part.weight && !filling.full && filling.shown < filling.part.items.length;
        n++
      ) {
        const size = sizeOf({ ...filling, shown: filling.shown + 1 });
        if (used() - (sizes[i] ?? 0) + size > room) {
          filling.full = true;
        } else {
          filling.shown++;
          sizes[i] = size;
          grew = true;
        }
      }
    }
  }
  return fillings.map((filling, i) => {
    const spare = room - used() + (sizes[i] ?? 0);
    const text = filling.shown > 0 ? textOf(filling) : opened(filling.part, spare - BETWEEN_PARTS_LENGTH);
    sizes[i] = lengthOf(text) + BETWEEN_PARTS_LENGTH;
    return { text, whole: filling.shown === filling.part.items.length };
  });
}

const sizeOf = (filling: Filling): number => lengthOf(textOf(filling)) + BETWEEN_PARTS_LENGTH;

function textOf({ part: { title, items, as }, shown }: Filling): string {
  if (shown === 0) return title;
  const left = items.length - shown;
  const listed = items.slice(0, shown);
  if (as === "names")
    return `${title}: ${listed.join(", ")}${left === 0 ? "" : ` và ${numberText(left)} đơn vị nữa`}`;
  return [`${title}:`, ...listed, ...(left === 0 ? [] : [`… và ${numberText(left)} mục nữa`])].join("\n");
}

/** The beginning of the first item with a word that it goes on elsewhere. */
function opened({ title, items, as }: ListPart, room: number): string {
  const [first] = items;
  const head = `${title}:\n`;
  const closing = `\n(còn tiếp${items.length > 1 ? `, và ${numberText(items.length - 1)} mục nữa` : ""})`;
  const quote = room - lengthOf(head) - lengthOf(closing);
  return as === "lines" && first !== undefined && quote >= LEAST_QUOTE
    ? head + clip(first, quote) + closing
    : title;
}
