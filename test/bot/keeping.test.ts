import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { testBot } from '../support/bot.ts';
import { anna, TENANT } from '../support/people.ts';

const HOUR = 60 * 60_000;

let t: TestBot;
beforeEach(async () => {
  t = await testBot({ environment: { KEEP_QUESTIONS: 'P2D', KEEP_TICKETS: 'forever' } });
});
afterEach(() => t.stop());

const gaps = async (): Promise<string[]> => (await t.bot.house.gaps.ofTenant(TENANT)).map(({ question }) => question);

test('the bot forgets as the settings say, and looks at most once an hour', async () => {
  await t.say(anna, 'how do purple elephants dance');
  expect(await gaps()).toEqual(['how do purple elephants dance']);
  await t.pass(47.5 * HOUR);
  expect(await gaps()).toHaveLength(1);
  // Due for a while, but it was looked at less than an hour ago.
  await t.pass(0.9 * HOUR);
  expect(await gaps()).toHaveLength(1);
  await t.pass(0.2 * HOUR);
  expect(await gaps()).toEqual([]);
});
