import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TurnKey } from '../../data/ports.ts';
import type { Store } from '../../data/store/store.ts';
import { OTHER_TENANT, TENANT } from './people.ts';
import type { OpenedStore } from './storeContract.ts';

export const turnKey = (activityId?: string, more: Partial<TurnKey> = {}): TurnKey => ({ tenantId: TENANT, channelId: 'msteams', conversationId: 'a:1', ...(activityId === undefined ? {} : { activityId }), ...more });
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Something that is under way until it is let go. */
export function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** In which order every store runs turns and work; run on each of them. */
export function orderContract(name: string, openStore: () => Promise<OpenedStore>): void {
  describe(`${name} keeps turns and work in order`, () => {
    let opened: OpenedStore;
    let s: Store;
    let seen: string[];
    beforeEach(async () => {
      opened = await openStore();
      s = opened.stores;
      seen = [];
    });
    afterEach(() => opened.close());

    /** Two steps with a pause between them, so that another one would show in the middle. */
    const steps = (name: string, ms = 5) => async (): Promise<void> => {
      seen.push(`${name} begins`);
      await sleep(ms);
      seen.push(`${name} ends`);
    };
    const oneByOne = (names: string[]): string[] => names.flatMap((name) => [`${name} begins`, `${name} ends`]);

    test('turns of a conversation run one after the other, as they came', async () => {
      const names = Array.from({ length: 20 }, (_, n) => `t${n}`);
      await Promise.all(names.map((name) => s.turns.run(turnKey(name), steps(name))));
      expect(seen).toEqual(oneByOne(names));
    });

    test.each([['conversation', { conversationId: 'a:2' }], ['channel', { channelId: 'emulator' }], ['tenant', { tenantId: OTHER_TENANT }]])('another %s waits for nobody', async (_name, more) => {
      const { passed, open } = gate();
      const first = s.turns.run(turnKey('1'), () => passed);
      await s.turns.run(turnKey('1', more), steps('other'));
      open();
      await first;
      expect(seen).toEqual(['other begins', 'other ends']);
    });

    test('a turn whose activity was done is not run again, one that failed is, and one without an activity always', async () => {
      await s.turns.run(turnKey('1'), steps('one'));
      await s.turns.run(turnKey('1'), steps('again'));
      await Promise.all([s.turns.run(turnKey('2'), steps('two')), s.turns.run(turnKey('2'), steps('two again'))]);
      await expect(s.turns.run(turnKey('3'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
      await s.turns.run(turnKey('3'), steps('three'));
      await s.turns.run(turnKey(), steps('none'));
      await s.turns.run(turnKey(), steps('none'));
      expect(seen).toEqual(oneByOne(['one', 'two', 'three', 'none', 'none']));
    });

    test('ids that are long, or with U+0000, are ids like others', async () => {
      for (const id of ['x'.repeat(5000), `${'x'.repeat(4999)}y`, 'a\u0000b', 'a\\0b']) {
        await s.turns.run(turnKey(id, { conversationId: id, channelId: id }), steps(String(id.length)));
        await s.turns.run(turnKey(id, { conversationId: id, channelId: id }), steps('again'));
      }
      expect(seen).toEqual(oneByOne(['5000', '5000', '3', '4']));
    });

    test('work under one key runs one at a time, each time it is asked for; under another key it waits for nobody', async () => {
      const { passed, open } = gate();
      const other = s.work.run(TENANT, 'k2', () => passed);
      await Promise.all(['w1', 'w2', 'w3'].map((name) => s.work.run(TENANT, 'k1', steps(name))));
      await s.work.run(OTHER_TENANT, 'k2', steps('w4'));
      open();
      await other;
      expect(seen).toEqual(oneByOne(['w1', 'w2', 'w3', 'w4']));
    });

    test('work that fails says so, and is done the next time', async () => {
      await expect(s.work.run(TENANT, 'k', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
      await s.work.run(TENANT, 'k', steps('w'));
      expect(seen).toEqual(oneByOne(['w']));
    });

    test('whoever puts work off may begin it before its time', async () => {
      await s.work.run(TENANT, 'k', async () => 60_000);
      await s.work.run(TENANT, 'k', steps('w'));
      expect(seen).toEqual(oneByOne(['w']));
    });
  });
}
