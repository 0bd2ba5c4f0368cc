import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenID provider on plain http, in the place of the Bot Framework's: publishes a key and signs tokens with it. */
export interface FakeOpenId {
  /** What the bot's settings need to trust it. */
  environment: Record<string, string>;
  sign(claims: Record<string, unknown>, how?: { header?: Record<string, unknown>; withOtherKey?: boolean; signature?: string }): string;
  close(): Promise<void>;
}

const ISSUER = 'https://api.botframework.com';
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function fakeOpenId(): Promise<FakeOpenId> {
  const [own, other] = [generateKeyPairSync('rsa', { modulusLength: 2048 }), generateKeyPairSync('rsa', { modulusLength: 2048 })];
  const key = { ...own.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', endorsements: ['msteams'] };
  const server = createServer((req, res) => {
    const body = req.url === '/keys' ? { keys: [key] } : { issuer: ISSUER, jwks_uri: `http://${req.headers.host}/keys`, id_token_signing_alg_values_supported: ['RS256'] };
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: {
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: `${url}/oauth`,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
    },
    sign: (claims, { header, withOtherKey, signature } = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const signed = `${base64({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...header })}.${base64({ iss: ISSUER, nbf: now - 10, exp: now + 600, ...claims })}`;
      return `${signed}.${signature ?? createSign('RSA-SHA256').update(signed).sign((withOtherKey ? other : own).privateKey, 'base64url')}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
