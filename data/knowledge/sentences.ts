/** Where one sentence ends and the next begins: marks of both languages, line breaks, and a dot only before a blank. */
const END = /(?<=[。！？!?])|(?<=\.)\s+|\n+/u;
/** Words that begin another matter in the same breath. */
const ANOTHER = /(?:、|,|\s)(?=(?:あと|それと|ついでに|また|and also|also|plus|another thing|one more thing)[\s、,])/iu;

/** The sentences of a message; a message of one sentence gives that one. */
export function sentencesOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .split(END)
    .flatMap((sentence) => sentence.split(ANOTHER))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const QUESTIONS = [
  /[?？]$/u,
  /(?:か|かな|かね|っけ|の|は|には|んだろ|だろう|でしょう|たい(?:です|んですが|のですが)?|ほしい(?:です)?|教えて(?:ください|下さい)?|ください|下さい|お願い(?:します)?)[。!！]?$/u,
  /^(?:and |also |so |but |ok |then |how |what|who|whom|where|when|which|why|whose|can |could |do |does |did |is |are |am |will |would |should |may |must |any |need |tell |show |please )/iu,
];
/** A symptom asks for its remedy. */
const SYMPTOM = /(?:ない|ません|なかった|出た|出ました|エラー)(?:です|んです|んですが|のですが|んだけど|けど)?[。!！]?$/u;

/** Whether a sentence is put as a question or a wish. */
export function isQuestion(sentence: string): boolean {
  return QUESTIONS.some((form) => form.test(sentence));
}

/** Whether a sentence asks or wants something, rather than tell what happened. */
export function asks(sentence: string): boolean {
  return isQuestion(sentence) || SYMPTOM.test(sentence);
}
