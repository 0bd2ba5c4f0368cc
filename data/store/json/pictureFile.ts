import { digestOfBytes } from '../digest.ts';

/** What stands behind the bytes of a picture in its file. */
interface Imprint {
  tenantId: string;
  name: string;
  /** SHA-256 of the bytes. */
  digest: string;
}

/** More than the longest imprint. */
const END = 1000;

/** The file of a picture: its bytes, and on a last line whose it is, its name and its digest. */
export function packed(tenantId: string, name: string, bytes: Uint8Array): Buffer {
  const imprint: Imprint = { tenantId, name, digest: digestOfBytes(bytes) };
  return Buffer.concat([bytes, Buffer.from(`\n${JSON.stringify(imprint)}`)]);
}

/** The bytes of a picture's file, and its imprint; one without is cut, or of the time before there were imprints. */
export function unpacked(file: Buffer): { bytes: Buffer; imprint: Imprint | undefined } {
  const end = file.subarray(-END).toString('latin1');
  const [, written] = /\n(\{"tenantId":"[^"\n]*","name":"[^"\n]*","digest":"[0-9a-f]{64}"\})$/.exec(end) ?? [];
  if (written === undefined) return { bytes: file, imprint: undefined };
  return { bytes: file.subarray(0, file.length - written.length - 1), imprint: JSON.parse(written) as Imprint };
}
