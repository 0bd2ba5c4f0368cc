import { remembersLast } from '../../data/text/remembersLast.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether the bot talks to this service: one of `hosts` (`*.` in front: every host under that domain), by https or on this machine. */
export function isService(hosts: readonly string[], serviceUrl: string): boolean {
  const url = parsed(serviceUrl);
  if (!url) return false;
  const { protocol, hostname, username } = url;
  const isNamed = hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
  return isNamed && username === '' && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
}

export function isOnThisMachine(serviceUrl: string): boolean {
  return LOOPBACK.has(parsed(serviceUrl)?.hostname ?? '');
}

const parsed = remembersLast((url) => (URL.canParse(url) ? new URL(url) : undefined));
