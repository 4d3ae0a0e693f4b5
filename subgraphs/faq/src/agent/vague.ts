/** Says nothing of what is asked about: that was said before. */
const vague =
  /^(?:(?:and|so|but|ok|okay|hm+|那|那麼|那么)[\s,，]*)*(?:(?:how much|how long|how many|when)(?: (?:is|are|does|do|would|will|for|in|that|this|it|they|them|be|cost|take|total|altogether|please|then))*|what(?:[’']?s| is| are)? (?:the|its|their) (?:price|cost)s?|(?:the )?(?:price|cost)s?|do i (?:have|need) to pay(?: (?:anything|something|for (?:it|that)|extra))?|is (?:it|that) free|多少錢|多少钱|(?:要)?多久|價格|价格|(?:要|需要)?(?:付|花)(?:錢|钱)|免費|免费)[\s呢嗎吗啊,，.?？]*$/iu;

/** Whether a question has nothing of its own to search for. */
export function isVague(question: string): boolean {
  return vague.test(question.trim());
}
