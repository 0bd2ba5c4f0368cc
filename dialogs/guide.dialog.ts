import type { DialogContext, DialogTurnResult } from 'botbuilder-dialogs';
import { Dialog } from 'botbuilder-dialogs';
import type { Given, GuideMove, GuideSaid, GuideState } from './guide.flow.ts';
import { next, startGuide, stepOf } from './guide.flow.ts';
import type { Guides } from './guide.load.ts';

/** What moving the dialog carries in the turn: what the person said, as already understood, and what is known. */
export const SAID = Symbol('what was said in the guide');
export const GIVEN = Symbol('what is known before the guide asks');

/** Any guide as a dialog: keeps the state on the dialog stack and leaves every decision to `next`. */
export class GuideDialog extends Dialog<{ guide: string; run: string }> {
  static readonly ID = 'guide';
  private readonly guides: Guides;

  constructor(guides: Guides) {
    super(GuideDialog.ID);
    this.guides = guides;
  }

  override async beginDialog(dc: DialogContext, options: { guide: string; run: string }): Promise<DialogTurnResult<GuideMove>> {
    const guide = this.guides.get(options.guide);
    if (!guide) throw new Error(`no guide ${options.guide}`);
    return this.keep(dc, { kind: 'moved', state: startGuide(guide, options.run, given(dc)) });
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult<GuideMove>> {
    const state = dc.activeDialog?.state as GuideState;
    const said = dc.context.turnState.get<GuideSaid>(SAID);
    const guide = this.guides.get(state.guide);
    // A guide that was taken out of the product while somebody was in it.
    return this.keep(dc, guide ? next(guide, state, said, given(dc)) : { kind: 'cancelled' });
  }

  private async keep(dc: DialogContext, move: GuideMove): Promise<DialogTurnResult<GuideMove>> {
    if (move.kind === 'cancelled') return dc.endDialog(move);
    const guide = this.guides.get(move.state.guide);
    if (guide && stepOf(guide, move.state).kind === 'end') return dc.endDialog(move);
    if (dc.activeDialog) dc.activeDialog.state = { ...move.state };
    return { ...Dialog.EndOfTurn, result: move };
  }
}

function given(dc: DialogContext): Given {
  return dc.context.turnState.get<Given>(GIVEN);
}
