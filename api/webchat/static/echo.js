// Does somebody speak into a reply, or does the microphone only hear the reply itself?

const HAN = /[\u3400-\u9fff]/;

/** The words heard so far are somebody's own: two characters or more, and mostly not what is being spoken. */
export function isSomebody(words, spoken) {
  const letters = lettersOf(words);
  if (letters.length < 2 || lettersOf(spoken).includes(letters)) return false;
  const heard = sounds(words);
  const own = new Set(sounds(spoken));
  const strange = heard.filter((sound) => !own.has(sound));
  return strange.length * 2 > heard.length;
}

const lettersOf = (words) => words.replace(/[^\p{L}\p{N}]/gu, "");

/* Chinese by pairs of neighbours, other words whole. */
function sounds(words) {
  const letters = words.toLowerCase().match(/[\u3400-\u9fff]|[^\u3400-\u9fff\P{L}]+|\p{N}+/gu) || [];
  const pairs = [];
  letters.forEach((letter, place) => {
    const next = letters[place + 1];
    if (!HAN.test(letter)) pairs.push(letter);
    else if (next && HAN.test(next)) pairs.push(letter + next);
  });
  return pairs;
}
