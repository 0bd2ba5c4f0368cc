import { expect, test } from '@jest/globals';
import { fuzz } from '../support/fuzz.ts';

test('a small fuzz: nothing of others changes, nothing crashes, nothing is slow (npm run fuzz: 10,000 activities)', async () => {
  const { failure, forbidden, statuses, allowed, sent } = await fuzz({ count: 400, seed: 7 });
  expect({ failure, forbidden }).toEqual({ failure: undefined, forbidden: 0 });
  expect(Object.values(sent).reduce((sum, times) => sum + times, 0)).toBe(400);
  // It gets through to what it is to look at: some is done, and some refused.
  expect(statuses['200']).toBeGreaterThan(100);
  expect(statuses['400']).toBeGreaterThan(20);
  expect(allowed['chats']).toBeGreaterThan(5);
}, 90_000);
