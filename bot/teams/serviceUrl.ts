const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether the bot talks to this service: one of `hosts` (`*.` in front: every host under that domain), by https or on this machine. */
export function isService(hosts: readonly string[], serviceUrl: string): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const { protocol, hostname, username } = new URL(serviceUrl);
  const isNamed = hosts.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host));
  return isNamed && username === '' && (protocol === 'https:' || (protocol === 'http:' && isOnThisMachine(serviceUrl)));
}

export function isOnThisMachine(serviceUrl: string): boolean {
  return URL.canParse(serviceUrl) && LOOPBACK.has(new URL(serviceUrl).hostname);
}
