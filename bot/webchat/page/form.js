/* The dialog with a form. What was filled in stays until it is sent, also when the dialog is closed in between. */
import { el } from "./draw.js";
import { post, Refused } from "./server.js";
import { word } from "./words.js";

const dialog = document.getElementById("form");
const sheet = dialog.querySelector("form");
const fields = document.getElementById("form-fields");
const problem = document.getElementById("form-problem");
const button = document.getElementById("form-submit");
const kept = new Map(); // message id -> what was filled in, by field name

let now = null; // {message, form, user, place, id, busy, sent(message)}

export function openForm(message, { user, place, sent }) {
  const form = message.reply.parts.find((part) => part.part === "form");
  now = { message, form, user, place, sent, id: crypto.randomUUID(), busy: false };
  document.getElementById("form-title").textContent = form.title;
  button.textContent = form.submit;
  const line = document.getElementById("form-line");
  line.hidden = !form.line;
  line.querySelector("code").textContent = form.line;
  const typed = kept.get(message.id) ?? {};
  fields.replaceChildren(...form.fields.map((field) => drawField(field, typed[field.name] ?? field.value)));
  fields.lang = message.reply.language;
  tell("");
  if (!dialog.open) dialog.showModal();
  sheet.querySelector(".fields").scrollTop = 0;
  (fields.querySelector("input, select, textarea") ?? button).focus();
}

function drawField(field, value) {
  const id = `field-${field.name}`;
  const label = [field.label, field.required ? el("em", {}, ` (${word("form_required")})`) : null].filter(Boolean);
  const hint = field.hint ? el("p", { class: "hint", id: `${id}-hint` }, field.hint) : null;
  const error = el("p", { class: "error", id: `${id}-error`, hidden: true });
  const facts = { class: "field", "data-name": field.name };
  if (field.kind === "choices") {
    const chosen = value.split(",");
    const boxes = field.options.map((option, number) => el("label", {}, el("input", {
      type: "checkbox", value: option.value, checked: chosen.includes(option.value), id: number ? null : id,
    }), option.label));
    return el("fieldset", { ...facts, "aria-describedby": described(field, id) },
      el("legend", {}, ...label), hint, el("div", { class: "options" }, ...boxes), error);
  }
  return el("div", facts, el("label", { for: id }, ...label), hint, drawInput(field, id, value), error);
}

const described = (field, id) => (field.hint ? `${id}-hint ` : "") + `${id}-error`;

function drawInput(field, id, value) {
  const facts = { id, name: field.name, required: field.required, "aria-describedby": described(field, id), autocomplete: "off" };
  if (field.kind === "choice") {
    const empty = el("option", { value: "" }, word("form_choose"));
    const choices = field.options.map((option) => el("option", { value: option.value, selected: option.value === value }, option.label));
    return el("select", facts, empty, ...choices);
  }
  if (field.kind === "text") {
    const area = el("textarea", { ...facts, maxlength: field.limit, dir: "auto", rows: 4 });
    area.value = value;
    return area;
  }
  const input = el("input", { ...facts, type: field.kind === "line" ? "text" : field.kind, maxlength: field.kind === "line" ? field.limit : null, dir: field.kind === "line" ? "auto" : null });
  input.value = value;
  return input;
}

function values() {
  return Object.fromEntries(now.form.fields.map((field) => [field.name, valueOf(field)]));
}

function valueOf(field) {
  const place = placeOf(field.name);
  if (field.kind !== "choices") return place.querySelector("input, select, textarea").value;
  return [...place.querySelectorAll("input:checked")].map((box) => box.value).join(",");
}

const placeOf = (name) => [...fields.children].find((place) => place.dataset.name === name);

function tell(text) {
  problem.textContent = text;
  problem.hidden = !text;
}

/** Put each sentence beside its field, the others above; then go to the first one. */
function showErrors(errors, text) {
  for (const place of fields.children) {
    const sentence = errors[place.dataset.name] ?? "";
    const error = place.querySelector(".error");
    error.textContent = sentence;
    error.hidden = !sentence;
    for (const input of place.querySelectorAll("input, select, textarea")) {
      if (sentence) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
  const elsewhere = Object.keys(errors).filter((name) => !placeOf(name)).map((name) => errors[name]);
  tell([Object.keys(errors).length ? word("form_check") : "", text, ...elsewhere].filter(Boolean).join("\n"));
  const first = fields.querySelector("[aria-invalid]");
  if (first) first.focus();
  else problem.scrollIntoView({ block: "nearest" });
}

sheet.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (now.busy) return;
  const { message, form, user, place, sent, id } = now;
  const filled = values();
  kept.set(message.id, filled);
  const empty = form.fields.filter((field) => field.required && !filled[field.name].trim());
  if (empty.length) return showErrors(Object.fromEntries(empty.map((field) => [field.name, word("form_empty")])), "");
  const here = now;
  busy(true);
  try {
    const answer = await post("fill", { id, as: user, place, message: message.id, action: form.action, values: filled });
    if (answer.message) {
      kept.delete(message.id);
      sent(answer.message);
      if (here === now) dialog.close();
    } else if (here === now) {
      now.id = crypto.randomUUID(); // what is sent next is something else
      showErrors(answer.errors, Object.keys(answer.errors).length ? "" : answer.text);
    }
  } catch (failure) {
    if (here === now) showErrors({}, failure instanceof Refused ? failure.message : word("form_offline"));
  } finally {
    if (here === now) busy(false);
  }
});

function busy(is) {
  now.busy = is;
  button.setAttribute("aria-busy", is);
}

fields.addEventListener("input", () => kept.set(now.message.id, values()));
