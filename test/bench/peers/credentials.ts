import type { ServiceClientCredentialsFactory } from 'botframework-connector';

/** The registration of every bot of the bench that is authenticated. */
export const APP = '12345678-1234-4234-8234-123456789abc';
/** What the channel has to see in each request of an authenticated bot. */
export const OF_THE_BOT = 'Bearer of-the-bot';

/** The settings of an authenticated bot, besides where its OpenID provider is. */
export const REGISTERED: Record<string, string> = { MicrosoftAppId: APP, MicrosoftAppPassword: 'x', MicrosoftAppType: 'MultiTenant' };

/** Microsoft's login takes https only, so the token of a bot is one of its own. Undefined where nothing is authenticated. */
export function credentialsOf(environment: NodeJS.ProcessEnv): ServiceClientCredentialsFactory | undefined {
  if (environment['MicrosoftAppId'] === undefined) return undefined;
  return {
    isValidAppId: async (appId: string) => appId === APP,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set('authorization', OF_THE_BOT);
        return request;
      },
    }),
  } as unknown as ServiceClientCredentialsFactory;
}
