import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

/** An OpenID provider on plain http, in the place of the Bot Framework's: publishes a key, signs tokens with it, and gives the bot its own. */
export interface FakeOpenId {
  /** What the bot's settings need to trust it. */
  environment: Record<string, string>;
  /** `hmacOf`: signed with HMAC under this secret, whatever the header says. */
  sign(claims: Record<string, unknown>, how?: { header?: Record<string, unknown>; withOtherKey?: boolean; signature?: string; hmacOf?: string }): string;
  /** What is published; `k1` signs. */
  keys: Record<string, unknown>[];
  /** The signing key as anybody can write it, in both forms of PEM. */
  publicKeys: string[];
  /** From now on another key signs, and is the only one that is published; tokens of the one before are made with `withOtherKey`. */
  rollOver(kid: string): void;
  /** What the provider answers with instead of its keys. */
  fails: number | undefined;
  /** Tokens that were given to the bot: how it asked for each. */
  asked: URLSearchParams[];
  /** The token it gives; `token-1` and so on, where it is not set. */
  token: string | undefined;
  /** Seconds that a token given to the bot lives. */
  lifetime: number;
  /** Refuses the bot a token with this status. */
  refuses: number | undefined;
  close(): Promise<void>;
}

const ISSUER = 'https://api.botframework.com';
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function fakeOpenId(): Promise<FakeOpenId> {
  let [own, other] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];
  let kid = 'k1';
  const published = (): Record<string, unknown> => ({ ...own.publicKey.export({ format: 'jwk' }), kid, use: 'sig', endorsements: ['msteams'] });
  const giveToken = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    fake.asked.push(new URLSearchParams(await text(req)));
    res.writeHead(fake.refuses ?? 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(fake.refuses === undefined ? { token_type: 'Bearer', expires_in: fake.lifetime, access_token: fake.token ?? `token-${fake.asked.length}` } : { error: 'invalid_client', error_description: 'as asked' }));
  };
  const server = createServer((req, res) => {
    if (req.method === 'POST') return void giveToken(req, res);
    const login = `https://${req.headers.host}/login`;
    const metadata = { issuer: `${login}/v2.0`, authorization_endpoint: `${login}/oauth2/v2.0/authorize`, token_endpoint: `${login}/oauth2/v2.0/token`, jwks_uri: `${login}/keys` };
    const body = req.url?.startsWith('/login/') ? metadata : req.url === '/keys' ? { keys: fake.keys } : { issuer: ISSUER, jwks_uri: `http://${req.headers.host}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    res.writeHead(fake.fails ?? 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeOpenId = {
    asked: [],
    keys: [published()],
    publicKeys: [own.publicKey.export({ format: 'pem', type: 'spki' }).toString(), own.publicKey.export({ format: 'pem', type: 'pkcs1' }).toString()],
    rollOver: (next) => {
      [own, other, kid] = [other, own, next];
      fake.keys = [published()];
    },
    fails: undefined,
    token: undefined,
    lifetime: 3600,
    refuses: undefined,
    environment: {
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: `${url}/oauth`,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
      SERVICE_HOSTS: '127.0.0.1',
    },
    sign: (claims, { header, withOtherKey, signature, hmacOf } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const signed = `${base64({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${base64({ iss: ISSUER, nbf: now - 10, exp: now + 600, ...claims })}`;
      const symmetric = hmacOf === undefined ? undefined : createHmac('sha256', hmacOf).update(signed).digest('base64url');
      return `${signed}.${signature ?? symmetric ?? createSign('RSA-SHA256').update(signed).sign((withOtherKey ? other : own).privateKey, 'base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}
