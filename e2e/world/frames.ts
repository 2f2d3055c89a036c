import type { Browser } from '../drivers/browser';

const FRAME = 1000 / 60;

declare global {
  interface Window {
    candlecheckFrames?: { pass: (count: number) => Promise<void> };
    candlecheckWatched?: number[];
  }
}

/** Frames that pass when a scenario says so, a sixtieth of a second each, so that an animation is the same every time. */
export async function framesByHand(browser: Browser): Promise<{ pass: (count: number) => Promise<void> }> {
  await browser.beforeLoading((length) => {
    let time = 0;
    let number = 0;
    const waiting = new Map<number, FrameRequestCallback>();
    window.requestAnimationFrame = (callback) => {
      waiting.set((number += 1), callback);
      return number;
    };
    window.cancelAnimationFrame = (handle) => waiting.delete(handle);
    window.candlecheckFrames = {
      pass: async (count) => {
        for (let frame = 0; frame < count; frame += 1) {
          const now = [...waiting.values()];
          waiting.clear();
          time += length;
          for (const callback of now) callback(time);
          // What was drawn may ask for the next one in a task of its own.
          await new Promise((resolve) => setTimeout(resolve));
        }
      },
    };
  }, FRAME);
  return {
    pass: (count) =>
      browser.ask(async (frames) => {
        await window.candlecheckFrames?.pass(frames);
      }, count),
  };
}

/** Notes when each frame comes, until the watch ends. Milliseconds, and frames a second. */
export async function watchFrames(
  browser: Browser,
): Promise<{ ended: () => Promise<{ longest: number; rate: number }> }> {
  await browser.ask(() => {
    const times: number[] = (window.candlecheckWatched = []);
    const note = (time: number) => {
      times.push(time);
      if (window.candlecheckWatched) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  return {
    ended: async () => {
      const times = await browser.ask(() => {
        const watched = window.candlecheckWatched ?? [];
        delete window.candlecheckWatched;
        return watched;
      });
      const lengths = times.slice(1).map((time, before) => time - (times[before] ?? time));
      const total = lengths.reduce((sum, length) => sum + length, 0);
      return { longest: Math.max(0, ...lengths), rate: (1000 * lengths.length) / total };
    },
  };
}
