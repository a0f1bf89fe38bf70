/* Everything this page asks of the server. */
import { language } from "./words.js";

/** The server answered, and refused; `message` is its sentence. Anything else that is thrown is the network. */
export class Refused extends Error {}

async function read(response) {
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error);
  return answer;
}

const address = (what, query = {}) => `/webchat/${what}?${new URLSearchParams({ lang: language, ...query })}`;

export const get = async (what, query) => read(await fetch(address(what, query)));

export const post = async (what, body) =>
  read(await fetch(address(what), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }));

export const fileAddress = (user, message, part) => address("file", { as: user, message, part });

/** Every new or changed message for this person, as it comes. The browser reconnects by itself and misses nothing. */
export function listen(user, since, { message, restart, connected }) {
  const stream = new EventSource(address("events", { as: user, since }));
  stream.addEventListener("message", (event) => message(JSON.parse(event.data)));
  stream.addEventListener("restart", restart);
  stream.addEventListener("open", () => connected(true));
  stream.addEventListener("error", () => {
    connected(false);
    // After an answer that was no stream the browser gives up; we do not.
    if (stream.readyState === EventSource.CLOSED) setTimeout(restart, 2000);
  });
  return stream;
}
