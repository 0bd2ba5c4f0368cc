import { z } from 'zod';
import type { ProvisionedRole, Provisioner } from '../../data/ports.ts';
import type { Role } from '../../data/model/role.ts';

const API_VERSION = '2024-04-01';
const TIMEOUT_MS = 30_000;
/** So often a call is tried when the service is busy or does not answer; a retry is the same call, because the assignment's own id is its name. */
const TRIES = 5;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** An operation that takes longer is looked at again at the next start. */
const POLLS = 60;

export interface ProvisionerSettings {
  /** Azure Resource Manager, as a URL. */
  armHost: string;
  /** Where a token comes from: `{host}/{tenant}/oauth2/v2.0/token`, client credentials. */
  loginHost: string;
  tenantId: string;
  clientId: string;
  clientSecret: string;
  /** The id of the billing role definition of each role that may be provisioned; no public mapping exists. */
  roleDefinitions: Readonly<Partial<Record<Role, string>>>;
  /** Factor on all waiting, for tests. */
  patience?: number;
}

/** Thrown with the status of the answer, or `timeout`; never with its text, which may carry personal data. */
export class ProvisioningFault extends Error {
  override name = 'ProvisioningFault';
  readonly code: string;

  constructor(code: string) {
    super(`the billing role assignment failed (${code})`);
    this.code = code;
  }
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const Listed = z.object({
  value: z.array(z.object({ name: z.string(), properties: z.object({ principalId: z.string().optional(), userEmailAddress: z.string().optional(), roleDefinitionId: z.string().optional() }).passthrough() })),
  nextLink: z.string().optional(),
});

/**
 * Enters and removes roles on EA and EAS enrollments through the Billing Role Assignments API (fact 108):
 * `PUT|DELETE {ARM_HOST}/providers/Microsoft.Billing/billingAccounts/{enrollment}/billingRoleAssignments/{guid}?api-version=2024-04-01`.
 * 201 and 202 are long-running (`Location`, `Retry-After`); 429, 5xx and a lost answer are tried again with growing waits.
 */
export class BillingRoles implements Provisioner {
  private readonly settings: ProvisionerSettings;
  private token: { value: string; until: number } | undefined;

  constructor(settings: ProvisionerSettings) {
    this.settings = settings;
  }

  enters(role: Role): boolean {
    return this.settings.roleDefinitions[role] !== undefined;
  }

  async put({ enrollment, assignmentId, role, principalId, tenantId, mail }: ProvisionedRole): Promise<void> {
    const definition = this.settings.roleDefinitions[role];
    if (definition === undefined) throw new ProvisioningFault('noDefinition');
    const properties = { roleDefinitionId: `/providers/Microsoft.Billing/billingAccounts/${enrollment}/billingRoleDefinitions/${definition}`, principalId, principalTenantId: tenantId, userEmailAddress: mail, userAuthenticationType: 'Organization' };
    await this.done(await this.call('PUT', this.address(enrollment, assignmentId), { properties }));
  }

  async remove({ enrollment, assignmentId }: Pick<ProvisionedRole, 'enrollment' | 'assignmentId'>): Promise<void> {
    const response = await this.call('DELETE', this.address(enrollment, assignmentId), undefined, [404]);
    if (response.status !== 404) await this.done(response);
  }

  async list(enrollment: string): Promise<{ assignmentId: string; principalId: string | undefined; mail: string | undefined }[]> {
    const found = [];
    let next: URL | undefined = this.address(enrollment);
    while (next) {
      const page: z.infer<typeof Listed> = Listed.parse(await (await this.call('GET', next)).json());
      found.push(...page.value.map(({ name, properties }) => ({ assignmentId: name, principalId: properties.principalId, mail: properties.userEmailAddress })));
      next = page.nextLink === undefined ? undefined : this.sameHost(page.nextLink);
    }
    return found;
  }

  private address(enrollment: string, assignmentId?: string): URL {
    const path = `/providers/Microsoft.Billing/billingAccounts/${encodeURIComponent(enrollment)}/billingRoleAssignments${assignmentId === undefined ? '' : `/${encodeURIComponent(assignmentId)}`}`;
    return new URL(`${path}?api-version=${API_VERSION}`, this.settings.armHost);
  }

  /** The token goes to no other host, whatever an answer says. */
  private sameHost(location: string): URL {
    const url = new URL(location, this.settings.armHost);
    if (url.host !== new URL(this.settings.armHost).host) throw new ProvisioningFault('host');
    return url;
  }

  /** Waits for a long-running operation to end. */
  private async done(first: Response): Promise<void> {
    let response = first;
    // Without a place to look, the assignment itself tells how far it is.
    const poll = this.sameHost(first.headers.get('location') ?? first.url);
    for (let polls = 0; polls < POLLS; polls += 1) {
      const state = stateOf(await response.text());
      if (state === 'Failed' || state === 'Canceled') throw new ProvisioningFault(state);
      const isRunning = state === undefined ? response.status === 201 || response.status === 202 : state !== 'Succeeded';
      if (!isRunning) return;
      await this.wait(retryAfter(response) ?? FIRST_WAIT_MS * 2);
      response = await this.call('GET', poll);
    }
    throw new ProvisioningFault('running');
  }

  private async call(method: string, url: URL, body?: object, expected: number[] = []): Promise<Response> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.once(method, url, body);
      if (response?.ok || (response && expected.includes(response.status))) return response;
      await response?.body?.cancel();
      if (response?.status === 401) this.token = undefined;
      const isWorthIt = !response || [401, 408, 429].includes(response.status) || response.status >= 500;
      if (!isWorthIt || tries >= TRIES) throw new ProvisioningFault(response ? String(response.status) : 'timeout');
      await this.wait(retryAfter(response) ?? FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }

  /** Undefined: no answer came. */
  private async once(method: string, url: URL, body?: object): Promise<Response | undefined> {
    const token = await this.bearer();
    // A busy sign-in service is tried again like a busy API.
    if (token instanceof Response || token === undefined) return token;
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) };
    try {
      return await fetch(url, { method, headers, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS * this.patience), ...(body ? { body: JSON.stringify(body) } : {}) });
    } catch {
      return undefined;
    }
  }

  /** A token, or the answer that was none. */
  private async bearer(): Promise<string | Response | undefined> {
    if (this.token && this.token.until > Date.now()) return this.token.value;
    const { loginHost, armHost, tenantId, clientId, clientSecret } = this.settings;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: `${new URL(armHost).origin}/.default` });
    const response = await fetch(new URL(`/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, loginHost), { method: 'POST', body: form, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS * this.patience) }).catch(() => undefined);
    if (!response?.ok) return response;
    const told = Token.parse(await response.json());
    this.token = { value: told.access_token, until: Date.now() + (told.expires_in - 60) * 1000 };
    return told.access_token;
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.min(ms, LONGEST_WAIT_MS) * this.patience).unref());
  }

  private get patience(): number {
    return this.settings.patience ?? 1;
  }
}

/** Seconds, or a date (RFC 9110); in milliseconds. */
function retryAfter(response: Response | undefined): number | undefined {
  const said = response?.headers.get('retry-after');
  if (said === null || said === undefined) return undefined;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function stateOf(text: string): string | undefined {
  try {
    const told = JSON.parse(text) as { status?: unknown; properties?: { provisioningState?: unknown } } | null;
    const state = told?.status ?? told?.properties?.provisioningState;
    return typeof state === 'string' ? state : undefined;
  } catch {
    return undefined;
  }
}
