/** Something the caller can put right: the message is one sentence that says what and where. */
export class Mistake extends Error {
  override readonly name = "Mistake";
}
