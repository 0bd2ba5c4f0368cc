import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { TeamsAdapter } from '@microsoft/teams-ai';

const UNAUTHORIZED = 401;

/** The Bot Framework adapter, without its ways around the logger and with 401 for every request that is not let in. */
export class Adapter extends TeamsAdapter {
  /**
   * Authenticates an activity and runs `turn` on it; returns the answer to an invoke.
   * Throws an AuthenticationError when the request is not to be let in: the SDK itself throws other errors for, say,
   * a wrong signature, which would become a 500.
   */
  async receive(authorization: string, activity: Partial<Activity>, turn: (context: TurnContext) => Promise<void>): Promise<InvokeResponse | undefined> {
    const authenticated = await this.botFrameworkAuthentication
      .authenticateRequest(activity as Activity, authorization)
      .catch((error: unknown) => {
        throw new AuthenticationError(error instanceof Error ? error.message : 'not authenticated', UNAUTHORIZED);
      });
    return this.processActivity(authenticated, activity as Activity, turn);
  }
}
