/**
 * What people say to the bot that is no question about the subject: small talk; asking it for what it never does (hand out
 * secrets, give rights, tell its instructions); and what lies elsewhere.
 */
export const ASIDES = ['hello', 'thanks', 'abilities', 'bot', 'sorry', 'secrets', 'rights', 'instructions', 'elsewhere'] as const;
export type Aside = (typeof ASIDES)[number];
