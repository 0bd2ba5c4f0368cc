import { createPrivateKey, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Cloud } from '../data/model/contract.ts';
import { CLOUD_HOSTS } from './clouds.ts';
import { isOnThisMachine } from './teams/serviceUrl.ts';

const text = z.string().trim().optional();
const url = z.string().url('must be a URL, for example https://login.microsoftonline.us');

/** What the environment says of the bot's registration, under the Bot Framework's own names where it has some. */
export const SIGN_IN_ENVIRONMENT = {
  /** Application (client) id of the bot's registration. Empty: nothing is authenticated, and only this machine is listened to. */
  MicrosoftAppId: z.string().uuid('must be the application (client) id of the bot registration, a GUID').optional(),
  /** Client secret of the registration. */
  MicrosoftAppPassword: text,
  /** Instead of a client secret: a certificate of the registration and its private key, both PEM. */
  MicrosoftAppCertificate: z.string().refine((pem) => certificateOf(pem) !== undefined, 'must be a certificate in PEM, beginning with -----BEGIN CERTIFICATE-----').optional(),
  MicrosoftAppCertificateKey: z.string().refine((pem) => keyOf(pem)?.asymmetricKeyType === 'rsa', 'must be an RSA private key in PEM without a passphrase, beginning with -----BEGIN PRIVATE KEY-----').optional(),
  /** The tenant of the registration; needed unless the type is MultiTenant. */
  MicrosoftAppTenantId: z.string().uuid('must be the tenant id of the bot registration, a GUID').optional(),
  MicrosoftAppType: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI'], { message: 'must be MultiTenant, SingleTenant or UserAssignedMSI' }).default('SingleTenant'),
  // The Bot Framework's hosts; defaults by cloud, see clouds.ts.
  // The secret goes there, so it is encrypted, or this machine.
  ToChannelFromBotLoginUrl: url.refine((value) => value.startsWith('https://') || isOnThisMachine(value), 'must be https'),
  ToChannelFromBotOAuthScope: z.string().trim(),
  ToBotFromChannelTokenIssuer: z.string().trim(),
  OAuthUrl: url,
  ToBotFromChannelOpenIdMetadataUrl: url,
  ToBotFromEmulatorOpenIdMetadataUrl: url,
};

type Env = z.infer<z.ZodObject<typeof SIGN_IN_ENVIRONMENT>>;

/** How the bot proves to the Bot Connector who it is; `none`: nothing is authenticated. */
export type SignIn = { kind: 'none' } | (Registration & ({ kind: 'secret'; password: string } | { kind: 'certificate'; certificate: string; key: string } | { kind: 'managedIdentity' }));

export interface Registration {
  appId: string;
  /** Undefined only for MultiTenant. */
  tenantId: string | undefined;
  /** The authority that gives tokens; `/oauth2/v2.0/token` goes behind it. */
  loginUrl: string;
  /** What a token is asked for, without `/.default`. */
  scope: string;
}

/** Takes settings of which `againstSignIn` has nothing to say. */
export function signInOf(env: Env): SignIn {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppCertificate: certificate, MicrosoftAppCertificateKey: key, MicrosoftAppTenantId: tenantId } = env;
  if (appId === undefined) return { kind: 'none' };
  const registration = { appId, tenantId, loginUrl: loginUrlOf(env), scope: env.ToChannelFromBotOAuthScope };
  if (env.MicrosoftAppType === 'UserAssignedMSI') return { ...registration, kind: 'managedIdentity' };
  return certificate !== undefined && key !== undefined ? { ...registration, kind: 'certificate', certificate, key } : { ...registration, kind: 'secret', password: password ?? '' };
}

const HOSTS = ['ToChannelFromBotLoginUrl', 'ToChannelFromBotOAuthScope', 'ToBotFromChannelTokenIssuer', 'OAuthUrl', 'ToBotFromChannelOpenIdMetadataUrl', 'ToBotFromEmulatorOpenIdMetadataUrl'] as const;

/** What the SDK is told, under its own names, to know who comes in; empty without an app id. No secret: what goes out is signed without it. */
export function botFrameworkOf(env: Env): Record<string, string> {
  return env.MicrosoftAppId === undefined ? {} : { MicrosoftAppId: env.MicrosoftAppId, ...Object.fromEntries(HOSTS.map((name) => [name, env[name]])) };
}

/** What does not go together, a sentence each. */
export function againstSignIn(env: Env): string[] {
  const isManaged = env.MicrosoftAppType === 'UserAssignedMSI';
  const { MicrosoftAppPassword: password, MicrosoftAppCertificate: certificate, MicrosoftAppCertificateKey: key } = env;
  const given = Object.entries({ MicrosoftAppPassword: password, MicrosoftAppCertificate: certificate, MicrosoftAppCertificateKey: key }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const isOfOther = certificate !== undefined && key !== undefined && certificateOf(certificate)?.checkPrivateKey(createPrivateKey(key)) === false;
  return [
    ...(isManaged && given.length > 0 ? [`${given.join(' and ')} must be empty for UserAssignedMSI: a managed identity has no secret.`] : []),
    ...(!isManaged && given.length === 0 ? ['MicrosoftAppPassword is missing: set it to a client secret of the bot registration, or set MicrosoftAppCertificate and MicrosoftAppCertificateKey.'] : []),
    ...(!isManaged && password !== undefined && given.length > 1 ? [`${given.join(' and ')} are set. Set either the password, or the certificate and its key.`] : []),
    ...(certificate !== undefined && key === undefined ? ['MicrosoftAppCertificateKey is missing: set it to the private key of MicrosoftAppCertificate.'] : []),
    ...(certificate === undefined && key !== undefined ? ['MicrosoftAppCertificate is missing: set it to the certificate that MicrosoftAppCertificateKey belongs to.'] : []),
    ...(isOfOther ? ['MicrosoftAppCertificateKey is not the private key of MicrosoftAppCertificate.'] : []),
    ...(env.MicrosoftAppType !== 'MultiTenant' && env.MicrosoftAppTenantId === undefined ? [`MicrosoftAppTenantId is missing: a ${env.MicrosoftAppType} bot needs the tenant id of its registration.`] : []),
  ];
}

/** A bot of one tenant gets its tokens from that tenant; at Microsoft's sign-in only, because elsewhere the whole URL is somebody's own. */
function loginUrlOf({ ToChannelFromBotLoginUrl: shared, MicrosoftAppType: type, MicrosoftAppTenantId: tenantId }: Env): string {
  const { origin } = new URL(shared);
  const isMicrosofts = (Object.keys(CLOUD_HOSTS) as Cloud[]).some((cloud) => CLOUD_HOSTS[cloud].defaults.SIGN_IN_HOST === origin);
  return isMicrosofts && type !== 'MultiTenant' && tenantId !== undefined ? `${origin}/${tenantId}` : shared;
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): ReturnType<typeof createPrivateKey> | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
