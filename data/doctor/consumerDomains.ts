import { createRequire } from 'node:module';

const kept = createRequire(import.meta.url)('free-email-domains') as readonly string[];

/** Mobile carriers and internet providers of Japan, whose mail addresses are people's own; the list above knows few of them. */
const JAPANESE = [
  'docomo.ne.jp', 'ezweb.ne.jp', 'au.com', 'softbank.ne.jp', 'i.softbank.jp', 'vodafone.ne.jp', 'disney.ne.jp', 'ymobile.ne.jp', 'ymobile1.ne.jp', 'y-mobile.ne.jp', 'willcom.com', 'pdx.ne.jp', 'emobile.ne.jp',
  'rakuten.jp', 'rakumail.jp', 'uqmobile.jp', 'nifty.com', 'nifty.ne.jp', 'biglobe.ne.jp', 'ocn.ne.jp', 'so-net.ne.jp', 'plala.or.jp', 'dion.ne.jp', 'auone-net.jp', 'jcom.home.ne.jp', 'jcom.zaq.ne.jp', 'zaq.ne.jp', 'eonet.ne.jp',
  'asahi-net.or.jp', 'hi-ho.ne.jp', 'wakwak.com', 'yahoo.co.jp', 'ybb.ne.jp', 'excite.co.jp', 'goo.jp', 'infoseek.jp', 'tiki.ne.jp', 'commufa.jp', 'megaegg.ne.jp', 'bbiq.jp', 'hotmail.co.jp', 'live.jp', 'outlook.jp', 'me.com',
];

const all = new Set([...kept, ...JAPANESE]);

/** Whether a mail domain is one of personal addresses; also those below a provider's (`xyz.ocn.ne.jp`). */
export function isConsumerDomain(domain: string): boolean {
  const parts = domain.toLowerCase().split('.');
  return parts.some((_, i) => parts.length - i >= 2 && all.has(parts.slice(i).join('.')));
}
