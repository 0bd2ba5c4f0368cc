import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { request } from 'undici';

const TIMEOUT_MS = 10_000;

/**
 * MSAL's way out. MSAL takes an authority by https only; a sign-in service on this machine, for tests, is `plainHost` and
 * reached by http.
 */
export class MsalOverHttp implements INetworkModule {
  private readonly plainHost: string | undefined;

  constructor(plainHost?: string) {
    this.plainHost = plainHost;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.send<T>('GET', url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> {
    return this.send<T>('POST', url, options);
  }

  private async send<T>(method: 'GET' | 'POST', url: string, { headers = {}, body }: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> {
    const to = new URL(url);
    if (to.host === this.plainHost) to.protocol = 'http:';
    const answer = await request(to, { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS), ...(body === undefined ? {} : { body }) });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])), body: (text === '' ? {} : JSON.parse(text)) as T };
  }
}
