import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import type { SignIn } from './signIn.ts';
import { MsalOverHttp } from './msalOverHttp.ts';

/** A token is renewed when so much of its time is over, while it still serves. */
const RENEW_AT = 0.75;
/** A renewal that failed is tried again after. */
const TRY_AGAIN_MS = 30_000;

interface Token {
  header: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  renewAt: number;
}

/** The bot's own token for the Bot Connector, kept and renewed ahead of time. */
export class BotToken {
  private readonly acquire: () => Promise<{ accessToken: string; expiresOn: Date | null } | null>;
  private token: Token | undefined;
  private renewing: Promise<Token> | undefined;

  constructor(signIn: SignIn) {
    this.acquire = acquireWith(signIn);
  }

  /** The Authorization header. Throws when there is no token to be had. */
  async header(): Promise<string> {
    const now = Date.now();
    if (this.token && now < this.token.expiresAt) {
      if (now >= this.token.renewAt) {
        this.token.renewAt = now + TRY_AGAIN_MS;
        // The old one serves meanwhile; whoever comes after its end waits for the next, and hears why there is none.
        this.renew().catch(() => undefined);
      }
      return this.token.header;
    }
    return (await this.renew()).header;
  }

  private renew(): Promise<Token> {
    this.renewing ??= this.fetch().finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async fetch(): Promise<Token> {
    const began = Date.now();
    const acquired = await this.acquire();
    if (!acquired) throw new Error('the sign-in service gave no token');
    const expiresAt = acquired.expiresOn?.getTime() ?? began;
    this.token = { header: `Bearer ${acquired.accessToken}`, expiresAt, renewAt: began + (expiresAt - began) * RENEW_AT };
    return this.token;
  }
}

/** MSAL's own cache is passed by: when to renew is decided here. */
function acquireWith(signIn: SignIn): BotToken['acquire'] {
  const { appId, scope } = signIn;
  const system = { networkClient: new MsalOverHttp() };
  if (signIn.kind === 'managedIdentity') {
    const application = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: appId }, system });
    return () => application.acquireToken({ resource: scope, forceRefresh: true });
  }
  const authority = signIn.loginUrl.replace(/^http:/, 'https:');
  const secret = signIn.kind === 'secret' ? { clientSecret: signIn.password } : { clientCertificate: { thumbprintSha256: signIn.thumbprint, privateKey: signIn.key, x5c: signIn.certificate } };
  const application = new ConfidentialClientApplication({ auth: { clientId: appId, authority, ...secret }, system });
  return () => application.acquireTokenByClientCredential({ scopes: [`${scope}/.default`], skipCache: true });
}
