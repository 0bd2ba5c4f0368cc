import { X509Certificate } from 'node:crypto';
import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node';
import type { SignIn } from '../signIn.ts';
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

type Acquire = () => Promise<{ accessToken: string; expiresOn: Date | null } | null>;

/** The bot's own token for the Bot Connector, kept and renewed ahead of time. */
export class BotToken {
  private readonly acquire: Acquire | undefined;
  private token: Token | undefined;
  private renewing: Promise<Token> | undefined;

  constructor(signIn: SignIn) {
    this.acquire = signIn.kind === 'none' ? undefined : acquireWith(signIn);
  }

  /** The Authorization header; undefined where nothing is authenticated. Throws when there is no token to be had. */
  async header(): Promise<string | undefined> {
    if (!this.acquire) return undefined;
    const now = Date.now();
    if (!this.token || now >= this.token.expiresAt) return (await this.renew(this.acquire)).header;
    if (now >= this.token.renewAt) {
      this.token.renewAt = now + TRY_AGAIN_MS;
      // The old one serves meanwhile; whoever comes after its end waits for the next, and hears why there is none.
      this.renew(this.acquire).catch(() => undefined);
    }
    return this.token.header;
  }

  private renew(acquire: Acquire): Promise<Token> {
    this.renewing ??= this.fetch(acquire).finally(() => (this.renewing = undefined));
    return this.renewing;
  }

  private async fetch(acquire: Acquire): Promise<Token> {
    const began = Date.now();
    const acquired = await acquire();
    if (!acquired) throw new Error('the sign-in service gave no token');
    const expiresAt = acquired.expiresOn?.getTime() ?? began;
    this.token = { header: `Bearer ${acquired.accessToken}`, expiresAt, renewAt: began + (expiresAt - began) * RENEW_AT };
    return this.token;
  }
}

/** MSAL's own cache is passed by: when to renew is decided here. */
function acquireWith(signIn: Exclude<SignIn, { kind: 'none' }>): Acquire {
  const { appId, scope, loginUrl } = signIn;
  if (signIn.kind === 'managedIdentity') {
    const application = new ManagedIdentityApplication({ managedIdentityIdParams: { userAssignedClientId: appId }, system: { networkClient: new MsalOverHttp() } });
    return () => application.acquireToken({ resource: scope, forceRefresh: true });
  }
  const { host, protocol } = new URL(loginUrl);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      authority: loginUrl.replace(/^http:/, 'https:'),
      // It is a setting, so nobody need vouch for it.
      knownAuthorities: [host],
      ...(signIn.kind === 'secret' ? { clientSecret: signIn.password } : { clientCertificate: { thumbprintSha256: thumbprintOf(signIn.certificate), privateKey: signIn.key, x5c: signIn.certificate } }),
    },
    system: { networkClient: new MsalOverHttp(protocol === 'http:' ? host : undefined) },
  });
  return () => application.acquireTokenByClientCredential({ scopes: [`${scope}/.default`], skipCache: true });
}

function thumbprintOf(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
}
