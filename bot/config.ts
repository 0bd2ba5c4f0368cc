import { z } from 'zod';
import { isIP } from 'node:net';
import { Cloud, CLOUDS } from '../data/model/contract.ts';
import { Mail, TenantId } from '../data/model/ids.ts';
import type { Policy } from '../data/model/policy.ts';
import { POOL_SIZE } from '../data/store/postgres/connection.ts';
import { durationMs } from './duration.ts';
import { Role } from '../data/model/role.ts';
import type { Retention } from '../data/model/retention.ts';
import { KEEP_ENVIRONMENT, retentionOf } from './keepSettings.ts';
import type { ProvisionerSettings } from './provisioner/billingRoles.ts';
import type { DeskSettings } from './desk/settings.ts';
import { againstDesk, DESK_ENVIRONMENT, deskSettingsOf } from './desk/settings.ts';
import type { LookupSettings } from './doctor/lookup.ts';
import { CLOUD_HOSTS } from './clouds.ts';
import { withSecretsOfFiles } from './secrets.ts';
import type { PaceSettings } from './pace.ts';
import type { SignIn } from './signIn.ts';
import { againstSignIn, botFrameworkOf, SIGN_IN_ENVIRONMENT, signInOf } from './signIn.ts';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
/** As they stand in a URL. */
const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

const text = z.string().trim().optional();

/** What goes there is encrypted, or stays on this machine. */
const encryptedUrl = z
  .string()
  .url('must be a URL')
  .refine((value) => value.startsWith('https://') || (URL.canParse(value) && ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(value).hostname)), 'must be https');

/** The settings as the environment gives them; an empty value is an absent one. */
const Environment = z.object({
  ...SIGN_IN_ENVIRONMENT,
  PORT: z.coerce.number({ message: 'must be a port number' }).int('must be a port number').min(0, 'must be a port number').max(65535, 'must be a port number').default(3978),
  HOST: text,
  /** Folder of the embedded store; made if missing. */
  DATA_DIR: z.string().default('data/local'),
  /** A PostgreSQL database instead of that folder, which any number of processes share. */
  DATABASE_URL: z
    .string()
    .refine((value) => /^postgres(?:ql)?:\/\//.test(value) && URL.canParse(value) && /^\/[^/@]+$/.test(new URL(value).pathname), 'must be like postgres://name:password@host/database; letters such as @ and / in a password are written as %40 and %2F')
    .optional(),
  /** Connections of this process to it. */
  DATABASE_POOL: z.coerce.number({ message: 'must be a number' }).int('must be a number').min(1, 'must be at least 1').default(POOL_SIZE),
  /** Tenants whose people are served, with commas between; default: the tenant of the registration. */
  ALLOWED_TENANTS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((id) => id.trim()).filter((id) => id !== ''))
    .refine((ids) => ids.every((id) => TenantId.safeParse(id).success), 'must be tenant ids with commas between')
    .transform((ids) => ids.map((id) => id.toLowerCase())),
  /** Sign-in mails of those who run the bot, with commas between. */
  OPERATORS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((mail) => mail.trim()).filter((mail) => mail !== ''))
    .pipe(z.array(Mail, { message: 'must be sign-in mails with commas between' })),
  /** How long after a request its administrators are reminded: ISO 8601 durations with commas between. */
  REMIND_AFTER: z.string().default('PT4H,P1D,P3D').transform(durations).pipe(z.array(z.number().positive(), { message: 'must be ISO 8601 durations with commas between, for example PT4H,P1D,P3D' })),
  /** How long a request waits before it expires. */
  EXPIRE_AFTER: z.string().default('P14D').transform((one) => durationMs(one) ?? NaN).pipe(z.number({ message: 'must be an ISO 8601 duration, for example P14D' }).positive()),
  /** Administrators who have to approve the Administrator role. */
  ADMINISTRATOR_APPROVALS: z.enum(['1', '2'], { message: 'must be 1 or 2' }).default('1').transform((count): 1 | 2 => (count === '2' ? 2 : 1)),
  /** Requests that one person may send in an hour. */
  REQUESTS_PER_HOUR: z.coerce.number({ message: 'must be a number' }).int('must be a number').positive('must be a number').default(40),
  /** The cloud of the Teams the bot runs in, and so of its people's Entra IDs; it gives the hosts of others, see clouds.ts. */
  CLOUD: z.enum(CLOUDS, { message: 'must be public, gcc, gcchigh or dod' }).default('public'),
  /** Hosts whose files are read and written, with commas between: where Teams keeps the files of a chat. */
  FILE_HOSTS: z.string().transform((list) => list.split(',').map((host) => host.trim().toLowerCase()).filter((host) => host !== '')),
  /** Hosts that activities may name as their service beside those of the cloud, with commas between: a channel of one's own, a test's. */
  SERVICE_HOSTS: z.string().default('').transform((list) => list.split(',').map((host) => host.trim().toLowerCase()).filter((host) => host !== '')),
  /** Enters roles on EA and EAS through Microsoft's API: on or off. */
  PROVISIONER: z.enum(['on', 'off'], { message: 'must be on or off' }).default('off'),
  /** Azure Resource Manager; another cloud has another. */
  ARM_HOST: encryptedUrl,
  /** The application that may assign billing roles, and its tenant; its secret. */
  PROVISIONER_TENANT_ID: text,
  PROVISIONER_CLIENT_ID: text,
  PROVISIONER_CLIENT_SECRET: text,
  /** `administrator=GUID,invoiceReader=GUID`: the billing role definition of each role that is provisioned. */
  PROVISIONER_ROLES: z.string().default('').transform(roleDefinitions).pipe(z.record(Role, z.string().uuid(), { message: 'must be like administrator=GUID,invoiceReader=GUID' })),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent'], { message: 'must be debug, info, warn, error or silent' }).default('info'),
  // A language model that writes answers from the entries; without a key there is none.
  OPENAI_API_KEY: text,
  /** Base URL of an OpenAI-compatible service; default: OpenAI's own. */
  OPENAI_ENDPOINT: encryptedUrl.optional(),
  OPENAI_MODEL: text,
  AZURE_OPENAI_API_KEY: text,
  AZURE_OPENAI_ENDPOINT: encryptedUrl.optional(),
  AZURE_OPENAI_DEPLOYMENT: text,
  AZURE_OPENAI_API_VERSION: z.string().default('2024-10-21'),
  /** Tokens that the model may cost a day, counted in this process and rounded up. */
  OPENAI_TOKENS_PER_DAY: z.coerce.number({ message: 'must be a number of tokens' }).int('must be a number of tokens').positive('must be a number of tokens').default(1_000_000),
  /** Whether guides may look at a sign-in ID or a domain, with consent: on or off. */
  DOCTOR: z.enum(['on', 'off'], { message: 'must be on or off' }).default('on'),
  /** Microsoft's public sign-in service, for the realm of an ID; another cloud has another. */
  SIGN_IN_HOST: encryptedUrl,
  /** DNS servers for the records of a domain, IP addresses with commas between; default: the system's. */
  DNS_SERVERS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((one) => one.trim()).filter((one) => one !== ''))
    .refine((servers) => servers.every(isServer), 'must be IP addresses with commas between'),
  /** Turns a minute of one person, and of one tenant, in one process; what comes faster is not answered. */
  TURNS_PER_MINUTE: z.coerce.number({ message: 'must be a number' }).int('must be a number').positive('must be a number').default(120),
  TENANT_TURNS_PER_MINUTE: z.coerce.number({ message: 'must be a number' }).int('must be a number').positive('must be a number').default(6_000),
  /** Whoever sends it as a bearer token sees `/metrics`; without it only this machine does. */
  METRICS_TOKEN: z.string().trim().min(16, 'must be at least 16 characters').optional(),
  /** Where traces go (OTLP over HTTP); default: nowhere. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.string().url('must be a URL, for example http://127.0.0.1:4318').optional(),
  ...DESK_ENVIRONMENT,
  ...KEEP_ENVIRONMENT,
  NODE_ENV: text,
});

/** The language model that writes answers. */
export interface ModelSettings {
  kind: 'openai' | 'azure';
  apiKey: string;
  endpoint?: string;
  /** The model, or Azure's deployment. */
  model: string;
  /** Azure's API version. */
  apiVersion: string;
  tokensPerDay: number;
  /** Milliseconds; default 8 s. */
  timeoutMs?: number;
  /** For tests of Azure, whose endpoint has to be https. */
  fetch?: typeof fetch;
}

export interface Settings {
  port: number;
  host: string;
  dataDir: string;
  /** Undefined: the embedded store in `dataDir`. `url` holds a password, and goes into no log. */
  database: { url: string; poolSize: number } | undefined;
  /** Empty: every tenant is served, which only an unauthenticated bot on this machine does. */
  allowedTenants: string[];
  /** Undefined: roles are entered in the portal by hand. */
  provisioner: ProvisionerSettings | undefined;
  /** What a company may set about roles. */
  policy: Policy;
  /** How long things are kept. */
  retention: Retention;
  /** Hosts of files; see `files.ts`. */
  fileHosts: string[];
  /** Sign-in mails. */
  operators: ReadonlySet<string>;
  logLevel: string;
  isAuthenticated: boolean;
  appId: string;
  /** What the Bot Framework's adapter is configured with, under its own names. */
  botFramework: Record<string, string>;
  signIn: SignIn;
  pace: PaceSettings;
  metricsToken: string | undefined;
  /** OTLP endpoint; undefined: no traces. */
  traces: string | undefined;
  /** Hosts of services that activities may come from; see `isService`. */
  serviceHosts: string[];
  desk: DeskSettings;
  /** Undefined: guides do not look for themselves. */
  lookup: LookupSettings | undefined;
  /** Undefined: answers come from the entries as they are. */
  model: ModelSettings | undefined;
}

/** Thrown with one sentence for each setting that is wrong: the variable, what is wrong, the remedy. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

/** Where records are, for a command: it runs wherever the bot's other secrets are not. Throws a SettingsError. */
export function readStoreSettings({ DATA_DIR, DATABASE_URL, DATABASE_URL_FILE }: NodeJS.ProcessEnv): Settings {
  return readSettings({ DATA_DIR, DATABASE_URL, DATABASE_URL_FILE });
}

/** Reads the settings from the environment. Throws a SettingsError naming every variable that is wrong. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const present = Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined || value.trim() === '' ? [] : [[name, value]])));
  const { environment: given, problems: unread } = withSecretsOfFiles(present);
  const hosts = CLOUD_HOSTS[Cloud.catch('public').parse(given['CLOUD'])];
  const parsed = Environment.safeParse({ ...hosts.defaults, ...given });
  if (!parsed.success || unread.length > 0) throw new SettingsError([...unread, ...(parsed.error?.issues ?? []).map((issue) => `${String(issue.path[0])} ${issue.message}.`)].join('\n'));
  const env = parsed.data;
  const problems = [...(env.MicrosoftAppId === undefined ? againstOpen(env) : againstRegistered(env)), ...againstModel(env), ...againstProvisioner(env), ...againstDesk(env, tenantsOf(env))];
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  const isAuthenticated = env.MicrosoftAppId !== undefined;
  return {
    port: env.PORT,
    host: env.HOST ?? (isAuthenticated ? '0.0.0.0' : '127.0.0.1'),
    dataDir: env.DATA_DIR,
    database: env.DATABASE_URL === undefined ? undefined : { url: env.DATABASE_URL, poolSize: env.DATABASE_POOL },
    allowedTenants: tenantsOf(env),
    desk: deskSettingsOf(env, tenantsOf(env)),
    operators: new Set(env.OPERATORS),
    retention: retentionOf(env),
    fileHosts: env.FILE_HOSTS,
    provisioner: provisionerOf(env),
    policy: { remindAfter: env.REMIND_AFTER, expireAfter: env.EXPIRE_AFTER, administratorApprovals: env.ADMINISTRATOR_APPROVALS, requestsPerHour: env.REQUESTS_PER_HOUR, cloud: env.CLOUD },
    logLevel: env.LOG_LEVEL,
    isAuthenticated,
    appId: env.MicrosoftAppId ?? '',
    lookup: env.DOCTOR === 'off' ? undefined : { signInHost: env.SIGN_IN_HOST, dnsServers: env.DNS_SERVERS },
    model: modelOf(env),
    botFramework: botFrameworkOf(env),
    signIn: signInOf(env),
    pace: { person: env.TURNS_PER_MINUTE, tenant: env.TENANT_TURNS_PER_MINUTE },
    metricsToken: env.METRICS_TOKEN,
    traces: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    serviceHosts: [...(isAuthenticated ? hosts.serviceUrlHosts : LOOPBACK_HOSTS), ...env.SERVICE_HOSTS],
  };
}

function tenantsOf(env: Env): string[] {
  const own = env.MicrosoftAppTenantId === undefined || env.MicrosoftAppId === undefined ? [] : [env.MicrosoftAppTenantId.toLowerCase()];
  return env.ALLOWED_TENANTS.length > 0 ? env.ALLOWED_TENANTS : own;
}

/** Nothing that is half right: what cannot be read becomes a value that is refused. */
function roleDefinitions(list: string): Record<string, string> {
  return Object.fromEntries(list.split(',').map((one) => one.trim()).filter((one) => one !== '').map((one) => [one.split('=')[0]?.trim() ?? '', one.split('=')[1]?.trim() ?? '']));
}

function provisionerOf(env: Env): ProvisionerSettings | undefined {
  const { PROVISIONER_TENANT_ID: tenantId, PROVISIONER_CLIENT_ID: clientId, PROVISIONER_CLIENT_SECRET: clientSecret } = env;
  if (env.PROVISIONER === 'off' || tenantId === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return { armHost: env.ARM_HOST, loginHost: env.SIGN_IN_HOST, tenantId, clientId, clientSecret, roleDefinitions: env.PROVISIONER_ROLES };
}

function againstProvisioner(env: Env): string[] {
  if (env.PROVISIONER === 'off') return [];
  const names = ['PROVISIONER_TENANT_ID', 'PROVISIONER_CLIENT_ID', 'PROVISIONER_CLIENT_SECRET'] as const;
  return [
    ...names.filter((name) => env[name] === undefined).map((name) => missing(name, 'the provisioner signs in with it. Set PROVISIONER to off to enter roles by hand.')),
    ...(Object.keys(env.PROVISIONER_ROLES).length === 0 ? [missing('PROVISIONER_ROLES', 'no public mapping of roles to billing role definitions exists. Set it like administrator=GUID,invoiceReader=GUID.')] : []),
  ];
}

function durations(list: string): number[] {
  return list.split(',').map((one) => one.trim()).filter((one) => one !== '').map((one) => durationMs(one) ?? NaN).toSorted((a, b) => a - b);
}

/** `10.0.0.1`, `10.0.0.1:53`, `::1` or `[::1]:53`. */
function isServer(server: string): boolean {
  return isIP(server) !== 0 || isIP(/^\[(.*)\]:\d{1,5}$|^([\d.]+):\d{1,5}$/.exec(server)?.slice(1).join('') ?? '') !== 0;
}

type Env = z.infer<typeof Environment>;

/** Without an app id the SDK lets every request in, so nobody but this machine may reach it. */
function againstOpen(env: Env): string[] {
  return [
    ...(env.NODE_ENV === 'production' ? ['MicrosoftAppId is missing: in production the bot only starts with one, because without it every request would be let in. Set it to the application id of the bot registration.'] : []),
    ...(env.HOST !== undefined && !LOOPBACK.includes(env.HOST) ? [`HOST ${env.HOST} is reachable from outside, but without MicrosoftAppId nothing is authenticated. Set MicrosoftAppId, or HOST to 127.0.0.1.`] : []),
  ];
}

function againstRegistered(env: Env): string[] {
  return [
    ...againstSignIn(env),
    ...(env.MicrosoftAppType === 'MultiTenant' && env.MicrosoftAppTenantId === undefined && env.ALLOWED_TENANTS.length === 0 ? ['ALLOWED_TENANTS is missing: a MultiTenant bot needs the list of tenants whose people it serves.'] : []),
  ];
}

function modelOf(env: Env): ModelSettings | undefined {
  const shared = { apiVersion: env.AZURE_OPENAI_API_VERSION, tokensPerDay: env.OPENAI_TOKENS_PER_DAY };
  if (env.AZURE_OPENAI_API_KEY !== undefined) return { ...shared, kind: 'azure', apiKey: env.AZURE_OPENAI_API_KEY, endpoint: env.AZURE_OPENAI_ENDPOINT ?? '', model: env.AZURE_OPENAI_DEPLOYMENT ?? '' };
  if (env.OPENAI_API_KEY === undefined) return undefined;
  return { ...shared, kind: 'openai', apiKey: env.OPENAI_API_KEY, model: env.OPENAI_MODEL ?? '', ...(env.OPENAI_ENDPOINT === undefined ? {} : { endpoint: env.OPENAI_ENDPOINT }) };
}

function againstModel(env: Env): string[] {
  if (env.OPENAI_API_KEY !== undefined && env.AZURE_OPENAI_API_KEY !== undefined) return ['OPENAI_API_KEY and AZURE_OPENAI_API_KEY are both set. Set one: the bot asks one language model.'];
  return [
    ...(env.OPENAI_API_KEY !== undefined && env.OPENAI_MODEL === undefined ? [missing('OPENAI_MODEL', 'set it to the model that writes the answers, or leave OPENAI_API_KEY empty.')] : []),
    ...(env.OPENAI_API_KEY === undefined && (env.OPENAI_MODEL ?? env.OPENAI_ENDPOINT) !== undefined ? [missing('OPENAI_API_KEY', 'the model is asked with it. Leave OPENAI_MODEL and OPENAI_ENDPOINT empty for answers without a language model.')] : []),
    ...(env.AZURE_OPENAI_API_KEY !== undefined && env.AZURE_OPENAI_ENDPOINT === undefined ? [missing('AZURE_OPENAI_ENDPOINT', 'set it to the endpoint of the Azure OpenAI resource.')] : []),
    ...(env.AZURE_OPENAI_API_KEY !== undefined && env.AZURE_OPENAI_DEPLOYMENT === undefined ? [missing('AZURE_OPENAI_DEPLOYMENT', 'set it to the deployment that writes the answers.')] : []),
    ...(env.AZURE_OPENAI_API_KEY === undefined && (env.AZURE_OPENAI_ENDPOINT ?? env.AZURE_OPENAI_DEPLOYMENT) !== undefined ? [missing('AZURE_OPENAI_API_KEY', 'the deployment is asked with it. Leave the AZURE_OPENAI settings empty for answers without a language model.')] : []),
  ];
}

function missing(name: string, why: string): string {
  return `${name} is missing: ${why}`;
}
