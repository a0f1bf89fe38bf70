/* The page: who speaks, where, and what is said there. */
import { arrived, moveTo, onAnswer, put } from "./composer.js";
import { drawMessage, el } from "./draw.js";
import { openForm } from "./form.js";
import { get, listen, post, Refused } from "./server.js";
import { showAs } from "./showas.js";
import { day, language, learn, word } from "./words.js";

const find = (id) => document.getElementById(id);
const log = find("log");
const newer = find("newer");
const places = find("places");

let people = [];
let channels = [];
let user = "";
let place = "";
let stream = null;
let messages = new Map(); // of the place that is shown, by id
const unread = new Map(); // place id -> ids of messages not yet seen

const person = () => people.find((one) => one.user === user);
const isChannel = (id) => channels.some((channel) => channel.id === id);
const nameOf = (id) => channels.find((channel) => channel.id === id)?.name ?? word("direct_name");
const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 90;
const toEnd = () => log.scrollTo({ top: log.scrollHeight, behavior: "instant" }); // gliding, a second message would find us under way

const does = {
  async press(button, message, element) {
    if (element.getAttribute("aria-busy") === "true") return;
    element.setAttribute("aria-busy", "true");
    element.parentElement.querySelector(".failed")?.remove();
    const here = { user, place, had: new Set(messages.keys()) };
    try {
      const body = { id: crypto.randomUUID(), as: user, place, message: message.id, version: message.version, action: button.action };
      answer((await post("press", body)).message, here);
    } catch (failure) {
      const sentence = failure instanceof Refused ? failure.message : word("press_offline");
      element.after(el("span", { class: "failed", role: "alert" }, sentence));
    } finally {
      element.removeAttribute("aria-busy");
    }
  },
  open: (message) => openForm(message, { user, place, sent: (sent) => answer(sent, { user, place: message.place }) }),
  showAs: (message) => showAs(user, message.id),
};

/** What the bot answered to what was just done here: show it, and open the form if there is one. */
function answer(message, here) {
  if (here.user !== user || here.place !== place) return;
  take(message);
  const shown = find(message.id);
  if (!shown) return;
  shown.scrollIntoView({ block: "nearest" });
  if (here.had?.has(message.id)) point(shown); // it stood there already: show where
  if (message.reply.parts.some((part) => part.part === "form")) does.open(message);
}

function point(element) {
  element.classList.remove("pointed");
  void element.offsetWidth; // restarts the animation
  element.classList.add("pointed");
}

/** A new or changed message, from the stream or as an answer; whichever comes first. */
function take(message) {
  if (message.echo) arrived(message.echo);
  if (message.place !== place) return count(message);
  const known = messages.get(message.id);
  if (known && known.seq >= message.seq) return;
  const stay = atEnd() || message.author === user;
  messages.set(message.id, message);
  show(message);
  if (stay) toEnd();
  else if (!known && !message.gone) newer.hidden = false;
}

function show(message, fresh = true) {
  const old = find(message.id);
  const held = old?.contains(document.activeElement);
  if (message.gone) {
    messages.delete(message.id);
    old?.remove();
    if (held) find("line").focus();
    return empty();
  }
  const made = drawMessage(message, user, isChannel(place), does);
  if (old) {
    old.replaceWith(made);
    if (held) made.focus();
    return point(made);
  }
  find("welcome")?.remove();
  const today = day(new Date(message.at));
  if ([...log.querySelectorAll(".day")].at(-1)?.textContent !== today) log.append(el("p", { class: "day" }, today));
  if (fresh) made.classList.add("fresh");
  log.append(made);
}

function empty() {
  if (messages.size) return;
  const examples = ["log", "contact", "help"].map((name) => el("li", {},
    el("button", { type: "button", onclick: () => put(word(`example_${name}`)) },
      el("code", {}, word(`example_${name}`)), el("span", {}, word(`example_${name}_about`)))));
  log.replaceChildren(el("section", { class: "welcome", id: "welcome", "aria-labelledby": "welcome-title" },
    el("img", { src: "/webchat/icon.svg", alt: "", width: 56, height: 56 }),
    el("h2", { id: "welcome-title" }, word(isChannel(place) ? "welcome_channel" : "welcome_direct", { place: nameOf(place) })),
    el("p", {}, word("welcome_text")), el("ul", {}, ...examples)));
}

function count(message) {
  const seen = unread.get(message.place) ?? new Set();
  if (message.gone) seen.delete(message.id);
  else if (message.author !== user) seen.add(message.id);
  unread.set(message.place, seen);
  drawPlaces();
}

function drawPlaces() {
  const held = places.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  const row = (id, name) => {
    const news = unread.get(id)?.size;
    return el("li", {}, el("button", {
      type: "button", "data-place": id, "aria-current": id === place ? "page" : null, onclick: () => goTo(user, id),
    }, el("span", {}, name), news ? el("span", { class: "unread" }, word("unread", { count: news })) : null));
  };
  find("channels").replaceChildren(...channels.map((channel) => row(channel.id, channel.name)));
  find("direct").replaceChildren(row(person().direct, word("direct_name")));
  if (held) places.querySelector(`[data-place="${held}"]`)?.focus();
}

function drawPeople() {
  const choose = (one) => goTo(one.user, isChannel(place) ? place : one.direct);
  find("people").append(...people.map((one) => el("label", {},
    el("input", { type: "radio", name: "as", value: one.user, checked: one.user === user, onchange: () => choose(one) }),
    el("span", {}, one.name, el("small", {}, one.role)))));
}

/** Speak as this person, in this place: the history first, then what happens from there. */
async function goTo(nextUser, nextPlace) {
  const other = nextUser !== user;
  user = nextUser;
  place = nextPlace;
  if (other) unread.clear();
  unread.delete(place);
  sessionStorage.setItem("where", JSON.stringify({ user, place }));
  const name = nameOf(place);
  find("place-name").textContent = name;
  find("place-about").textContent = word(isChannel(place) ? "about_channel" : "about_direct");
  document.title = `${name} · ${word("title")}`;
  log.setAttribute("aria-label", word("messages", { place: name }));
  moveTo({ user, place, name, channel: isChannel(place) });
  drawPlaces();
  openMenu(false);
  messages.clear();
  log.replaceChildren();
  await load();
}

async function load() {
  const asked = { user, place };
  log.setAttribute("aria-busy", "true");
  let history;
  try {
    history = await get("messages", { as: user, place });
  } catch {
    connected(false);
    return setTimeout(() => asked.user === user && asked.place === place && load(), 2000);
  }
  if (asked.user !== user || asked.place !== place) return;
  // Read out what comes, not all that was said before.
  log.setAttribute("aria-live", "off");
  messages = new Map(history.messages.map((message) => [message.id, message]));
  log.replaceChildren();
  newer.hidden = true;
  empty();
  for (const message of history.messages) show(message, false);
  log.setAttribute("aria-busy", "false");
  toEnd();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
  stream?.close();
  stream = listen(user, history.cursor, { message: take, restart: load, connected });
}

function connected(is) {
  find("lost").textContent = is ? "" : word("lost");
}

function openMenu(open) {
  const phone = getComputedStyle(find("menu")).display !== "none";
  const was = places.classList.contains("open");
  places.classList.toggle("open", open);
  find("veil").hidden = !open;
  find("main").inert = open && phone;
  find("menu").setAttribute("aria-expanded", open);
  if (open) places.querySelector("[aria-current]")?.focus();
  else if (was && phone) find("menu").focus();
}

function wire() {
  onAnswer((message, where) => answer(message, where));
  newer.addEventListener("click", () => { log.scrollTop = log.scrollHeight; });
  log.addEventListener("scroll", () => { if (atEnd()) newer.hidden = true; });
  find("menu").addEventListener("click", () => openMenu(true));
  for (const id of ["menu-close", "veil"]) find(id).addEventListener("click", () => openMenu(false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !find("veil").hidden) openMenu(false); });
  for (const close of document.querySelectorAll("[data-close]")) close.addEventListener("click", () => close.closest("dialog").close());
  document.querySelector(`.language [lang="${language}"]`).setAttribute("aria-current", "true");
}

async function start() {
  const known = await get("words");
  learn(known.words);
  ({ people, channels } = known);
  const last = JSON.parse(sessionStorage.getItem("where") ?? "{}");
  user = people.some((one) => one.user === last.user) ? last.user : people[0].user;
  drawPeople();
  wire();
  const mine = last.place && (isChannel(last.place) || last.place === person().direct);
  await goTo(user, mine ? last.place : channels[0].id);
  find("line").focus();
}

start();
