import { expect, test } from '@jest/globals';
import { seeded, soak } from '../support/soak.ts';

test('a small soak: killed and refused at random, nothing lost, doubled or reordered (npm run soak: 10,000 messages)', async () => {
  const { lost, doubled, reordered, kills, faults, messages } = await soak({ messages: 800, tickets: 8, killEvery: 3_000, random: seeded(7) });
  expect({ lost, doubled, reordered }).toEqual({ lost: [], doubled: [], reordered: [] });
  expect(messages).toBe(800);
  expect(kills).toBeGreaterThan(0);
  expect(faults.refused + faults.lost).toBeGreaterThan(10);
}, 180_000);
