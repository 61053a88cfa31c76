/** Pauses give way to the program's own time, but never vanish. */
import { expect, test } from "@jest/globals";
import { frozenAt } from "../../../src/core/clock";
import { createPace } from "../../../src/simulator/pace";

function aPace() {
  const clock = frozenAt(0);
  const slept: number[] = [];
  const pause = createPace(clock, (ms) => {
    slept.push(ms);
    clock.moveTo(clock.now() + ms);
    return Promise.resolve();
  });
  const work = (ms: number) => clock.moveTo(clock.now() + ms);
  return { slept, pause, work };
}

test("where the program needs no time, pauses are as long as they are meant", async () => {
  const { slept, pause } = aPace();
  await pause(1000);
  await pause(400);
  expect(slept).toEqual([1000, 400]);
});

test("work that fits into the minute shortens nothing", async () => {
  const { slept, pause, work } = aPace();
  work(11_000);
  await pause(1000);
  work(5_000);
  await pause(1000);
  expect(slept).toEqual([1000, 1000]);
});

test("more work is paid off over several pauses, each keeping enough to be seen", async () => {
  const { slept, pause, work } = aPace();
  work(17_000);
  await pause(1000);
  await pause(1000);
  await pause(1000);
  expect(slept[0]).toBeCloseTo(450);
  expect(slept[1]).toBeCloseTo(550);
  expect(slept[2]).toBe(1000);
});
