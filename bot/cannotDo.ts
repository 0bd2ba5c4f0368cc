/** Thrown by a command that cannot do what it was asked, with the sentence that says why. */
export class CannotDo extends Error {
  override name = 'CannotDo';
}
