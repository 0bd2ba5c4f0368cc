import { createHash } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { ClaimsIdentity, ServiceClientCredentialsFactory } from 'botframework-connector';
import { AuthenticationError } from 'botframework-connector';
import { isService } from './serviceUrl.ts';

const UNAUTHORIZED = 401;
const KEPT = 1_000;

/**
 * Whether an activity comes from the Bot Framework: signature, issuer, audience, expiry, endorsements and service URL of its
 * token, as the SDK checks them. What was verified for a channel and service URL is not verified again until it expires.
 */
export class Incoming {
  private readonly serviceHosts: readonly string[];
  private readonly authentication: ConfigurationBotFrameworkAuthentication | undefined;
  /** Until when (milliseconds since 1970), the oldest first. */
  private readonly verified = new Map<string, number>();

  /** `botFramework`: the SDK's own settings; without an app id nothing is authenticated. `serviceHosts`: see `isService`. */
  constructor(appId: string, botFramework: Record<string, string>, serviceHosts: readonly string[]) {
    this.serviceHosts = serviceHosts;
    this.authentication = appId === '' ? undefined : new ConfigurationBotFrameworkAuthentication(botFramework, onlyFor(appId));
  }

  /** Throws an AuthenticationError (401) when the request is not to be let in: the SDK throws others for, say, a wrong signature. */
  async verify(authorization: string, activity: Partial<Activity>): Promise<void> {
    if (!isService(this.serviceHosts, activity.serviceUrl ?? '')) throw new AuthenticationError('the service URL is none of the settings', UNAUTHORIZED);
    if (!this.authentication) return;
    const key = createHash('sha256').update(`${authorization}\n${activity.channelId}\n${activity.serviceUrl}`).digest('base64');
    if ((this.verified.get(key) ?? 0) > Date.now()) return;
    this.verified.delete(key);
    try {
      const { claimsIdentity } = await this.authentication.authenticateRequest(activity as Activity, authorization);
      this.remember(key, expiryOf(claimsIdentity));
    } catch (error) {
      throw new AuthenticationError(error instanceof Error ? error.message : 'not authenticated', UNAUTHORIZED);
    }
  }

  private remember(key: string, until: number): void {
    if (this.verified.size >= KEPT) for (const oldest of [...this.verified.keys()].slice(0, KEPT / 10)) this.verified.delete(oldest);
    this.verified.set(key, until);
  }
}

function expiryOf(identity: ClaimsIdentity): number {
  const seconds = Number(identity.getClaimValue('exp'));
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

/** The SDK is asked about who comes in only; what goes out is signed by `BotToken`. */
function onlyFor(appId: string): ServiceClientCredentialsFactory {
  return {
    isValidAppId: async (asked: string) => asked === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => Promise.reject(new Error('nothing is sent by the SDK')),
  };
}
