import type { HelpDesk } from '../model/helpDesk.ts';
import type { Language } from '../model/language.ts';
import type { Person } from '../model/person.ts';
import type { Refusal } from '../model/refusal.ts';
import type { Result } from '../model/result.ts';
import { ok, refuse } from '../model/result.ts';
import type { Clock, HelpDeskStore } from '../ports.ts';
import { operates } from '../rules/rules.ts';

interface Needs {
  helpDesks: HelpDeskStore;
  clock: Clock;
  /** Sign-in mails of those who run the bot. */
  operators: ReadonlySet<string>;
}

/** Makes a channel the help desk of the actor's tenant; one connected before is it no more. Refused with `notOperator`. */
export async function connectHelpDesk(needs: Needs, actor: Person, { conversation, language }: Pick<HelpDesk, 'conversation' | 'language'>): Promise<Result<HelpDesk, Refusal>> {
  return change(needs, actor, { conversation, language });
}

/** Takes the help desk of the actor's tenant away. Refused with `notOperator`. */
export async function disconnectHelpDesk(needs: Needs, actor: Person, language: Language): Promise<Result<HelpDesk, Refusal>> {
  return change(needs, actor, { language });
}

async function change({ helpDesks, clock, operators }: Needs, actor: Person, to: Pick<HelpDesk, 'conversation' | 'language'>): Promise<Result<HelpDesk, Refusal>> {
  const against = operates(actor, operators);
  if (against) return refuse(against);
  for (;;) {
    const version = (await helpDesks.get(actor.tenantId))?.version ?? 0;
    const desk: HelpDesk = { ...to, version, tenantId: actor.tenantId, by: actor.id, at: clock.now().toISOString() };
    if ((await helpDesks.save(desk)) === 'saved') return ok({ ...desk, version: version + 1 });
  }
}
