import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { DialogContext, DialogState } from 'botbuilder-dialogs';
import { DialogSet } from 'botbuilder-dialogs';
import { z } from 'zod';
import { GIVEN, GuideDialog, SAID } from './guide.dialog.ts';
import type { Given, GuideMove, GuideSaid } from './guide.flow.ts';
import { GuideState } from './guide.flow.ts';
import type { Guides } from './guide.load.ts';

const Kept = z.object({ dialogStack: z.array(z.object({ id: z.literal(GuideDialog.ID), state: GuideState }).passthrough()).default([]) });

/** The state of the guide that a conversation keeps, if one is in progress. */
export function stateIn(kept: Record<string, unknown>): GuideState | undefined {
  return Kept.safeParse(kept).data?.dialogStack.at(-1)?.state;
}

/** The dialogs of one conversation in one turn, over the state that the chat keeps. */
export class Talk {
  private readonly set: DialogSet;
  private readonly context: TurnContext;
  private readonly state: DialogState;

  constructor(guides: Guides, context: TurnContext, kept: Record<string, unknown>) {
    this.context = context;
    // What an older version kept, or a file changed by hand, may not be a state any more: then no guide is in progress.
    this.state = structuredClone(Kept.safeParse(kept).data ?? { dialogStack: [] });
    this.set = new DialogSet(holding(this.state)).add(new GuideDialog(guides));
  }

  /** What the chat has to keep after the turn. */
  get kept(): Record<string, unknown> {
    return { ...this.state };
  }

  /** The guide in progress, if any. */
  get running(): GuideState | undefined {
    return this.state.dialogStack.at(-1)?.state as GuideState | undefined;
  }

  /** Begins a guide; one in progress ends. */
  async begin(guide: string, run: string, given: Given): Promise<GuideMove> {
    this.context.turnState.set(GIVEN, given);
    const dc = await this.dialogs();
    await dc.cancelAllDialogs();
    const { result } = await dc.beginDialog(GuideDialog.ID, { guide, run });
    return result as GuideMove;
  }

  /** Goes on with the guide in progress. */
  async goOn(said: GuideSaid, given: Given): Promise<GuideMove> {
    this.context.turnState.set(GIVEN, given);
    this.context.turnState.set(SAID, said);
    const { result } = await (await this.dialogs()).continueDialog();
    return result as GuideMove;
  }

  private dialogs(): Promise<DialogContext> {
    return this.set.createContext(this.context);
  }
}

/** The library's own property keeps the whole TurnContext; this one keeps nothing but the state. */
function holding(state: DialogState): StatePropertyAccessor<DialogState> {
  return {
    get: async () => state,
    set: async () => undefined,
    delete: async () => undefined,
  };
}
