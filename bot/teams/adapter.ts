import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import { TeamsAdapter } from '@microsoft/teams-ai';

const UNAUTHORIZED = 401;

/** What the SDK's connector client signs its requests with. */
interface Signer {
  credentials: { signRequest(request: { headers: Headers }): Promise<unknown> };
}

/** The Bot Framework adapter, without its ways around the logger and with 401 for every request that is not let in. */
export class Adapter extends TeamsAdapter {
  private readonly signers = new Map<string, Promise<Signer>>();

  /** The Authorization header of a request to the Bot Connector at `serviceUrl`; undefined without an app id, where nothing is authenticated. */
  async authorization(appId: string, serviceUrl: string): Promise<string | undefined> {
    if (appId === '') return undefined;
    const signer = this.signers.get(serviceUrl) ?? this.botFrameworkAuthentication.createConnectorFactory(this.createClaimsIdentity(appId)).create(serviceUrl, undefined as unknown as string).then((client) => client as unknown as Signer);
    this.signers.set(serviceUrl, signer);
    const request = { headers: new Headers() };
    try {
      await (await signer).credentials.signRequest(request);
    } catch (error) {
      this.signers.delete(serviceUrl);
      throw Object.assign(new Error('no token'), { code: 'NO_TOKEN', cause: error });
    }
    return request.headers.get('authorization') ?? undefined;
  }

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
