import { isConsumerDomain } from '../data/doctor/consumerDomains.ts';
import { ContractId, Mail } from '../data/model/ids.ts';
import { plain } from '../data/text/visible.ts';
import { momentOf } from '../data/text/moment.ts';
import type { Slot } from './guide.ts';

/** What reading a typed value needs besides the words. */
export interface Here {
  now: Date;
  /** IANA name of the person's time zone. */
  timeZone: string;
}

const LONGEST = 1500;
const SIGN_IN = /^[a-z0-9_#][\w.+#'-]*@(?:[a-z0-9-]+\.)+[a-z]{2,}$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** A value out of what was typed, in the form it is kept in; undefined when it is none. An instant is ISO 8601 in UTC. */
export function valueOf(slot: Slot, typed: string, { now, timeZone }: Here): string | undefined {
  const said = typed.normalize('NFKC').trim();
  switch (slot) {
    case 'signInId':
    case 'earlierId':
    case 'businessMail':
      return mailIn(said);
    case 'newId': {
      const id = mailIn(said);
      return id === undefined || isConsumerDomain(id.slice(id.indexOf('@') + 1)) ? undefined : id;
    }
    case 'sender':
      return said.includes('@') ? kept(typed) : undefined;
    case 'contractId':
      return contractIdIn(said);
    case 'domain':
      return domainIn(said);
    case 'phone':
      return phoneIn(said);
    case 'since':
      return momentOf(said, now, timeZone)?.toISOString();
    case 'subject':
    case 'problem':
      return kept(typed);
  }
}

function kept(typed: string): string | undefined {
  const words = plain(typed).slice(0, LONGEST);
  return words === '' ? undefined : words;
}

function mailIn(said: string): string | undefined {
  const word = /[^\s<>()「」『』、。,;:"]*@[^\s<>()「」『』、。,;:"]*/u.exec(said)?.[0] ?? '';
  const mail = Mail.safeParse(word).data;
  return mail !== undefined && SIGN_IN.test(mail) ? mail : undefined;
}

/** Alone, or the only number-like word of a sentence. */
function contractIdIn(said: string): string | undefined {
  // A date and a phone number are numbers too.
  if (/^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}$|^0\d{1,3}-\d{1,4}-\d{3,4}$/.test(said)) return undefined;
  const whole = /^[0-9A-Za-z\s\p{Pd}ー−]+$/u.test(said) && !/[A-Za-z]{2,}\s/.test(said) ? ContractId.safeParse(said).data : undefined;
  if (whole !== undefined && /\d/.test(whole)) return whole;
  const words = said.match(/(?<![0-9A-Za-z])[0-9A-Za-z][0-9A-Za-z-]{3,30}(?![0-9A-Za-z])/g)?.filter((word) => (word.match(/\d/g) ?? []).length >= 4) ?? [];
  return words.length === 1 ? ContractId.safeParse(words[0]).data : undefined;
}

/** A number with its country, or as it is dialled at home: 7 to 15 digits (E.164). */
function phoneIn(said: string): string | undefined {
  const [number = ''] = /\+?\(?\d[\d\s().-]{5,24}\d/.exec(said) ?? [];
  const digits = number.replaceAll(/\D/g, '').length;
  return digits >= 7 && digits <= 15 ? number : undefined;
}

/** A domain, or that of an address; a name in other letters in the form that DNS knows. */
function domainIn(said: string): string | undefined {
  const [word = ''] = /[^\s、。「」<>()]+\.[^\s、。「」<>()]+/u.exec(said.replace(/^https?:\/\//i, '').replace(/\S*@/, '')) ?? [];
  const host = word.replace(/[/?#:].*$/, '').replace(/^www\./i, '').replace(/\.$/, '');
  const ascii = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  return DOMAIN.test(ascii) ? ascii : undefined;
}
