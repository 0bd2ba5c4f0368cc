/** What stands behind a figure that has a target; a missed one makes the bench fail. */
export function verdict(isMissed: boolean, target: string): string {
  if (isMissed) process.exitCode = 1;
  return isMissed ? ` ABOVE ${target}` : ` (at most ${target})`;
}
