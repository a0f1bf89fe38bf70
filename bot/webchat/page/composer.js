/* The box in which you type. What is typed stays there until the server has it. */
import { post, Refused } from "./server.js";
import { word } from "./words.js";

const LIMIT = 4000; // characters; the server is the judge, this only counts along
const form = document.getElementById("composer");
const box = document.getElementById("line");
const notice = document.getElementById("notice");
const retry = notice.querySelector("button");
const thinking = document.getElementById("thinking");
const own = []; // what was sent from this page, oldest first

let where = null; // {user, place, name, channel}
let sending = null; // {id, text, key, busy}: under way, or failed; the same text sent again is the same line
let recalled = 0; // how far back in `own` the box stands
let answered = () => {};

const draftKey = ({ user, place }) => `draft ${user} ${place}`;

export function onAnswer(then) {
  answered = then;
}

/** Move to another place or person: what stood there half typed comes back. */
export function moveTo(next) {
  where = next;
  box.value = sessionStorage.getItem(draftKey(where)) ?? "";
  document.getElementById("line-label").textContent = where.channel ? word("composer", { place: where.name }) : word("composer_direct");
  tell("");
  typed();
}

export function put(text) {
  box.value = text;
  box.focus();
  typed();
}

/** The line with this id stands in the chat: it need not stand in the box too. */
export function arrived(echo) {
  if (sending?.id !== echo) return;
  const { text, key } = sending;
  sending = null;
  own.push(text);
  recalled = 0;
  if (sessionStorage.getItem(key) === text) sessionStorage.removeItem(key);
  if (key === draftKey(where) && box.value === text) {
    box.value = "";
    typed();
  }
}

function tell(sentence, again = false) {
  notice.querySelector("p").textContent = sentence;
  notice.hidden = !sentence;
  retry.hidden = !again;
}

function typed() {
  const text = box.value;
  sessionStorage.setItem(draftKey(where), text);
  if (!CSS.supports("field-sizing", "content")) {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  }
  const toBot = /^\s*[/@]/.test(text);
  const talk = text.trim() && where.channel && !toBot;
  const hint = document.getElementById("hint");
  hint.dataset.about = toBot || talk ? "line" : "keys";
  hint.textContent = toBot ? word("hint_command") : talk ? word("hint_talk", { place: where.name }) : word("hint");
  const length = [...text].length;
  document.getElementById("count").textContent = length > LIMIT - 500 ? word("count", { count: length, limit: LIMIT }) : "";
}

async function send() {
  const text = box.value;
  if (!text.trim() || sending?.busy) return;
  const here = where;
  const key = draftKey(here);
  const same = sending?.text === text && sending.key === key;
  const mine = { id: same ? sending.id : crypto.randomUUID(), text, key, busy: true };
  sending = mine;
  tell("");
  const slow = setTimeout(() => { thinking.textContent = word("thinking"); }, 350);
  try {
    const { message } = await post("say", { id: mine.id, as: here.user, place: here.place, line: text });
    arrived(mine.id);
    if (message) answered(message, here);
  } catch (failure) {
    const refused = failure instanceof Refused;
    if (key === draftKey(where)) tell(refused ? failure.message : word("offline"), !refused);
  } finally {
    clearTimeout(slow);
    thinking.textContent = "";
    mine.busy = false;
  }
}

function recall(step) {
  const next = Math.min(Math.max(recalled + step, 0), own.length);
  if (next === recalled) return false;
  recalled = next;
  box.value = next ? own[own.length - next] : "";
  box.setSelectionRange(box.value.length, box.value.length);
  typed();
  return true;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
retry.addEventListener("click", () => {
  box.focus();
  send();
});
box.addEventListener("input", () => {
  recalled = 0;
  typed();
});
box.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  }
  // Only from an empty box or a recalled line: elsewhere the arrows move the cursor.
  const browsing = recalled > 0 || !box.value;
  const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (step && browsing && recall(step)) event.preventDefault();
});
