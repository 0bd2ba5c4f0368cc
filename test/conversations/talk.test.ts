import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestBot } from '../support/bot.ts';
import { cardOf, testBot, textOf, textOfActivity } from '../support/bot.ts';
import { CHANNEL, deskOf } from '../support/desk.ts';
import { anna, bob, cleo, dan, eve } from '../support/people.ts';

let t: TestBot;
let desk: ReturnType<typeof deskOf>;
beforeEach(async () => {
  t = await testBot({ environment: { OPERATORS: dan.mail } });
  desk = deskOf(t);
  await t.say(anna, 'hello');
  await t.say(bob, 'hello');
  await desk.say(dan, 'use as help desk');
});
afterEach(() => t.stop());

const lastOf = (who: typeof cleo): string => textOfActivity(t.chat(who).at(-1)?.body ?? {});

describe('a person takes over in the same chat', () => {
  test('asked, claimed, talked, closed, solved', async () => {
    const { thread, card } = await desk.ask(cleo, 'The page stays white');
    expect(thread).not.toBe('');
    expect(textOf(desk.briefing(thread)!)).toContain('The page stays white');
    const status = () => textOfActivity(t.chat(cleo).find(({ id }) => id === card)?.body ?? {});
    expect(status()).toContain('next in the queue');
    expect((await t.say(cleo, 'who can give me a VL role?')).sent).not.toHaveLength(0);
    await desk.press(anna, thread, 'Claim');
    expect(lastOf(cleo)).toContain('Anna from the help desk is here now');
    expect(status()).toContain('talking with Anna');
    expect((await t.say(cleo, 'my roles')).text.trim()).toBe('');
    expect(desk.thread(thread).at(-1)).toBe('Cleo: my roles');
    await desk.write(anna, 'Which browser is it?', thread);
    expect(lastOf(cleo).trim()).toBe('Anna: Which browser is it?');
    await desk.write(anna, '// she is on Safari', thread);
    expect(lastOf(cleo)).not.toContain('Safari');
    const form = await desk.press(anna, thread, 'Close');
    await desk.press(anna, thread, 'Close', { note: 'Role entered' }, CHANNEL, form.inPlace);
    expect(lastOf(cleo)).toContain('Anna has closed the talk: Role entered');
    const over = t.chat(cleo).at(-1)!;
    await t.pressTitle(cleo, cardOf(over.body), 'Solved', { comment: 'Great' }, over.id);
    expect(desk.thread(thread).at(-1)).toContain('Cleo says: solved. “Great”');
    expect((await t.say(cleo, 'who can give me a VL role?')).sent).not.toHaveLength(0);
    expect(eve).toBeDefined();
  });
});
