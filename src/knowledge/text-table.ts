/** Parts of texts → their numbers, without taking each part out of its text: a set of entries has a million of them. */
import { HASH_START, mixed } from "./hash";

const FIRST_CAPACITY = 2 ** 13;
/** At most this part of the places is taken, so that a search ends soon. */
const FULLEST = 0.5;
const BITS = 32;
const NONE = -1;

function hashOf(text: string, start: number, end: number): number {
  let hash = HASH_START;
  for (let i = start; i < end; i++) hash = mixed(hash, text.charCodeAt(i));
  return hash ^ (hash >>> (BITS / 2));
}

function isPart(part: string, text: string, start: number, end: number): boolean {
  if (part.length !== end - start) return false;
  for (let i = 0; i < part.length; i++) if (part.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}

export class TextTable {
  private capacity = FIRST_CAPACITY;
  private numbers = new Int32Array(FIRST_CAPACITY).fill(NONE);
  private readonly parts: string[] = [];

  /** The number of the part from `start` to before `end`, or -1. */
  find(text: string, start: number, end: number): number {
    return this.numbers[this.placeOf(text, start, end)] ?? NONE;
  }

  /** Gives the next number to a part that has none; they begin with 0. */
  add(part: string): number {
    if (this.parts.length >= this.capacity * FULLEST) this.grow();
    this.numbers[this.placeOf(part, 0, part.length)] = this.parts.length;
    return this.parts.push(part) - 1;
  }

  /** Where the part stands, or the free place where it would. */
  private placeOf(text: string, start: number, end: number): number {
    const { numbers, parts, capacity } = this;
    for (let place = hashOf(text, start, end) & (capacity - 1); ; place = (place + 1) & (capacity - 1)) {
      const number = numbers[place] ?? NONE;
      if (number === NONE || isPart(parts[number] ?? "", text, start, end)) return place;
    }
  }

  private grow(): void {
    this.capacity *= 2;
    this.numbers = new Int32Array(this.capacity).fill(NONE);
    this.parts.forEach((part, number) => {
      this.numbers[this.placeOf(part, 0, part.length)] = number;
    });
  }
}
