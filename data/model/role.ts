import { z } from 'zod';

/** The seven volume licensing roles; facts 68-75 say what each may do. */
export const ROLES = [
  'administrator',
  'licensePositionReader',
  'productDownloadManager',
  'productKeysReader',
  'benefitsReader',
  'onlineServicesManager',
  'invoiceReader',
] as const;

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
