import { readFileSync } from 'node:fs';

/** Settings that are secrets: each may be given as a file, which `<name>_FILE` names. */
export const SECRETS = [
  'MicrosoftAppPassword', 'MicrosoftAppCertificate', 'MicrosoftAppCertificateKey', 'PROVISIONER_CLIENT_SECRET', 'HELP_DESK_WEBHOOK_SECRET', 'HELP_DESK_API_KEY', 'OPENAI_API_KEY', 'AZURE_OPENAI_API_KEY', 'DATABASE_URL', 'METRICS_TOKEN',
] as const;

/**
 * Reads the secrets that are in files: UTF-8, without the newlines at the end. Takes an environment without empty values.
 * Returns it with those secrets under their own names, and a sentence for each that cannot be had; no sentence shows what a file holds.
 */
export function withSecretsOfFiles(environment: Readonly<Record<string, string>>): { environment: Record<string, string>; problems: string[] } {
  const read: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = environment[`${name}_FILE`];
    if (file === undefined) continue;
    const result = environment[name] === undefined ? contentOf(file) : { problem: `and ${name} are both set. Set one of them.` };
    if ('problem' in result) problems.push(`${name}_FILE ${result.problem}`);
    else read[name] = result.content;
  }
  return { environment: { ...environment, ...read }, problems };
}

function contentOf(file: string): { content: string } | { problem: string } {
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).replace(/[\r\n]+$/, '');
    return content.trim() === '' ? { problem: `names ${file}, which is empty. Write the secret into it.` } : { content };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problem: `names ${file}, which does not exist.` };
    if (code === 'EISDIR') return { problem: `names ${file}, which is a folder. Name the file in it.` };
    return { problem: code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? `names ${file}, which is not text in UTF-8.` : `names ${file}, which cannot be read (${code ?? 'unknown'}). Let the bot's user read it.` };
  }
}
