/** Parts of texts → their numbers, without taking each part out of its text: a set of entries has a million of them. */
import { hashOfPart } from "./hash";

const FIRST_CAPACITY = 2 ** 13;
/** At most this part of the places is taken, so that a search ends soon. */
const FULLEST = 0.5;
const BITS = 32;
const NONE = -1;

function isPart(part: string, text: string, start: number, end: number): boolean {
  if (part.length !== end - start) return false;
  for (let i = 0; i < part.length; i++) if (part.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

export class TextTable {
  private capacity = FIRST_CAPACITY;
  private numbers = new Int32Array(FIRST_CAPACITY).fill(NONE);
  private readonly parts: string[] = [];

  /** The number of the part from `start` to before `end`, or -1; `hash` is `hashOfPart` of it. */
  find(text: string, start: number, end: number, hash: number): number {
    return this.numbers[this.placeOf(text, start, end, hash)] ?? NONE;
  }

  /** Gives the next number to a part that has none; they begin with 0. */
  add(part: string): number {
    if (this.parts.length >= this.capacity * FULLEST) this.grow();
    this.put(part, this.parts.length);
    return this.parts.push(part) - 1;
  }

  /** Where the part stands, or the free place where it would. */
  private placeOf(text: string, start: number, end: number, hash: number): number {
    const { numbers, parts, capacity } = this;
    for (
      let place = (hash ^ (hash >>> (BITS / 2))) & (capacity - 1);
      ;
      place = (place + 1) & (capacity - 1)
    ) {
      const number = numbers[place] ?? NONE;
      if (number === NONE || isPart(parts[number] ?? "", text, start, end)) return place;
    }
  }

  private put(part: string, number: number): void {
    const { length } = part;
    this.numbers[this.placeOf(part, 0, length, hashOfPart(part, 0, length))] = number;
  }

  private grow(): void {
    this.capacity *= 2;
    this.numbers = new Int32Array(this.capacity).fill(NONE);
    this.parts.forEach((part, number) => {
      this.put(part, number);
    });
  }
}
