import type { Cloud } from '../model/contract.ts';

/** An Entra ID reaches contracts of its own cloud only; the public cloud and GCC are one (facts 10, 17-19). */
export function reaches(idCloud: Cloud, contractCloud: Cloud): boolean {
  return directoryOf(idCloud) === directoryOf(contractCloud);
}

function directoryOf(cloud: Cloud): Exclude<Cloud, 'gcc'> {
  return cloud === 'gcc' ? 'public' : cloud;
}

/** The cloud a sign-in mail shows by itself, which only names under `onmicrosoft` do; GCC High and DoD share theirs. */
export function showsCloud(mail: string): 'public' | 'government' | undefined {
  if (mail.endsWith('.onmicrosoft.us')) return 'government';
  return mail.endsWith('.onmicrosoft.com') ? 'public' : undefined;
}
