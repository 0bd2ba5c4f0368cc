import { tidy } from '../text/typed.ts';

const FORMS: readonly RegExp[] = [
  /^(?:no ?|#|the )?(?:1|1つ目|1番(?:目)?|一つ目|一番(?:目)?|ひとつ目|最初|first|1st)(?:の(?:ほう|方|やつ|もの)?| one)?(?:です|で|でお願いします|, please| please)?$/u,
  /^(?:no ?|#|the )?(?:2|2つ目|2番(?:目)?|二つ目|二番(?:目)?|ふたつ目|真ん中|second|2nd)(?:の(?:ほう|方|やつ|もの)?| one)?(?:です|で|でお願いします|, please| please)?$/u,
  /^(?:no ?|#|the )?(?:3|3つ目|3番(?:目)?|三つ目|三番(?:目)?|みっつ目|third|3rd)(?:の(?:ほう|方|やつ|もの)?| one)?(?:です|で|でお願いします|, please| please)?$/u,
];

/** Which of a list is meant by its place, counted from 0: `2`, `2つ目`, `the second one`. */
export function ordinalOf(typed: string): number | undefined {
  const said = tidy(typed);
  const place = FORMS.findIndex((form) => form.test(said));
  return place === -1 ? undefined : place;
}
