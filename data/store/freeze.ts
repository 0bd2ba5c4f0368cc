/**
 * Makes a record unchangeable, down to its last field: whoever was handed it shares it with others. What stands the same in `given`,
 * and is unchangeable there, is taken from there: a record has most of what it had before, and keeping each version whole
 * would leave the memory of the one before behind.
 */
export function freeze<T>(value: T, given?: unknown): T {
  if (!isObject(value) || Object.isFrozen(value)) return value;
  const before = isObject(given) ? given : undefined;
  for (const [key, part] of Object.entries(value)) if (isObject(part)) (value as Fields)[key] = freeze(part, before?.[key]);
  return before && Object.isFrozen(before) && isSame(value, before) ? (before as T) : Object.freeze(value);
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return value !== null && typeof value === 'object';
}

function isSame(a: Fields, b: Fields): boolean {
  const keys = Object.keys(a);
  return Array.isArray(a) === Array.isArray(b) && keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}
