/* A message as elements. Everything said is put in as text, never as HTML. */
import { fileAddress } from "./server.js";
import { clock, word } from "./words.js";

export function el(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside.filter((part) => part != null));
  return made;
}

const said = (tag, text, kind) => {
  const made = el(tag, { class: kind, dir: "auto" });
  made.textContent = text;
  return made;
};

/** `does` is what can be done with a message: {press(button, message, element), open(message), showAs(message)}. */
export function drawMessage(message, speaker, channel, does) {
  const at = new Date(message.at);
  const head = el("div", { class: "head", id: `head-${message.id}` },
    el("strong", {}, message.name),
    message.reply ? el("span", { class: "kind" }, word("bot")) : null,
    message.author === speaker ? el("span", { class: "role" }, word("you")) : null,
    el("time", { datetime: message.at }, clock(at)),
    message.private && channel ? el("span", { class: "private" }, lock(), el("span", { class: message.reply ? null : "unseen" }, word("private"))) : null);
  const article = el("article", {
    class: `message${message.private && channel ? " private" : ""}`, id: message.id, tabindex: -1,
    "aria-labelledby": `head-${message.id}`,
  }, face(message), head);
  if (!message.reply) {
    const body = el("div", {}, said("p", message.text, `typed${/^\s*[/@]lobby\b/i.test(message.text) ? " command" : ""}`));
    article.append(body);
    return article;
  }
  const card = el("div", { class: `card${message.reply.ok ? "" : " refused"}`, lang: message.reply.language });
  if (!message.reply.ok) card.append(said("p", word("refused"), "sign"));
  message.reply.parts.forEach((part, number) => card.append(drawPart(part, number, message, speaker, does)));
  article.append(el("div", {}, card), el("div", { class: "tools" },
    el("button", { type: "button", "aria-haspopup": "dialog", onclick: () => does.showAs(message) }, word("show_as"))));
  return article;
}

function face(message) {
  if (message.reply) return el("img", { class: "face", src: "/webchat/icon.svg", alt: "", width: 40, height: 40 });
  return el("span", { class: "face", "aria-hidden": "true" }, message.name.slice(0, 1));
}

function lock() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  for (const [name, value] of Object.entries({ viewBox: "0 0 16 16", width: 13, height: 13, "aria-hidden": "true" })) svg.setAttribute(name, value);
  path.setAttribute("d", "M5 7V5a3 3 0 0 1 6 0v2h.5c.8 0 1.5.7 1.5 1.5v4c0 .8-.7 1.5-1.5 1.5h-7c-.8 0-1.5-.7-1.5-1.5v-4C3 7.7 3.7 7 4.5 7zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z");
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}

function drawPart(part, number, message, speaker, does) {
  switch (part.part) {
    case "text": return drawText(part, message, does);
    case "fields": return el("dl", {}, ...part.rows.flatMap(([label, value, behind]) => [said("dt", label), drawValue(value, behind)]));
    case "buttons": return el("div", { class: "buttons" }, ...part.buttons.map((button) => drawButton(button, message, does)));
    case "form": return drawFormCard(part, message, does);
    case "picture": return el("img", { src: fileAddress(speaker, message.id, number), alt: part.alt });
    case "file": return el("p", {}, el("a", { href: fileAddress(speaker, message.id, number), download: part.name, "aria-label": `${part.label}: ${word("download", { name: part.name })}` }, part.label), ` (${part.name})`);
    default: throw new Error(`no way to show a ${part.part}`);
  }
}

function drawValue(value, behind) {
  const made = said("dd", value);
  if (behind) made.append(" ", said("span", behind, "behind"));
  return made;
}

function drawText(part, message, does) {
  const text = said("p", part.text, part.tone === "plain" ? null : part.tone);
  return part.button ? el("div", { class: "row" }, text, drawButton(part.button, message, does)) : text;
}

function drawButton(button, message, does) {
  const made = el("button", { type: "button", class: button.style === "plain" ? null : button.style }, button.label);
  made.addEventListener("click", () => does.press(button, message, made));
  return made;
}

function drawFormCard(form, message, does) {
  return el("div", { class: "row" }, said("p", form.title, "heading"),
    el("button", { type: "button", class: "primary", "aria-haspopup": "dialog", onclick: () => does.open(message) }, form.open));
}
