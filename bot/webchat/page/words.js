/* The sentences of the page, from the same texts as the bot's. */
export const language = document.documentElement.lang;

let sentences = {};

export function learn(words) {
  sentences = words;
}

export function word(key, facts = {}) {
  return sentences[key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

export const clock = (at) => at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });

export function day(at) {
  const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const ago = Math.round((midnight(new Date()) - midnight(at)) / 86_400_000);
  if (ago < 2) return word(ago < 1 ? "today" : "yesterday");
  return at.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}
