import { askedAgainCard } from '../cards/askedAgain.ts';
import type { Chat } from '../data/model/chat.ts';
import { TEXTS } from '../data/text/index.ts';
import { isTaken } from './desk/taken.ts';
import type { House } from './house.ts';

/** What could not be sent for so long is not asked any more. */
const GIVEN_UP_MS = 24 * 60 * 60_000;

type Reminder = NonNullable<Chat['reminders']>[number];

/** Asks again where it is time. What was sent is forgotten after it, so that a stop in between asks twice rather than never. */
export async function remindDue(house: House): Promise<void> {
  const now = house.clock.now().getTime();
  for (const { tenantId, conversationId, reminders = [] } of await house.chats.withReminders()) {
    if (await isTaken(house, tenantId, conversationId)) continue;
    for (const reminder of reminders.filter(({ at }) => Date.parse(at) <= now)) {
      const isSent = await ask(house, conversationId, reminder);
      if (isSent || now - Date.parse(reminder.at) > GIVEN_UP_MS) await forget(house, tenantId, conversationId, reminder);
    }
  }
}

async function ask(house: House, conversationId: string, { guide, language, conversation }: Reminder): Promise<boolean> {
  const title = house.guides.get(guide)?.title[language];
  if (title === undefined) return true;
  return house.tell({ conversation, conversationId }, [{ kind: 'card', title: TEXTS[language].guide.askedAgain, card: askedAgainCard(language, title) }]);
}

async function forget(house: House, tenantId: string, conversationId: string, done: Reminder): Promise<void> {
  for (;;) {
    const chat = await house.chats.get(tenantId, conversationId);
    if (!chat) return;
    const reminders = (chat.reminders ?? []).filter(({ at, guide }) => at !== done.at || guide !== done.guide);
    if ((await house.chats.save({ ...chat, reminders })) === 'saved') return;
  }
}
