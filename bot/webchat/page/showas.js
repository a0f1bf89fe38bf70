/* The dialog that shows how Slack and Teams get a message. */
import { get } from "./server.js";
import { word } from "./words.js";

const dialog = document.getElementById("rendered");
const json = document.getElementById("json");
const copied = document.getElementById("copied");
const copy = document.getElementById("copy");

let both = null;

function show() {
  const platform = dialog.querySelector("input:checked").value;
  json.textContent = both ? JSON.stringify(both[platform], null, 2) : "";
  json.scrollTop = 0;
  copied.textContent = "";
}

export async function showAs(user, message) {
  both = null;
  show();
  copy.disabled = true;
  dialog.showModal();
  document.getElementById("rendered-title").focus();
  try {
    both = await get("rendered", { as: user, message });
    show();
    copy.disabled = false;
  } catch {
    copied.textContent = word("show_as_failed");
  }
}

dialog.addEventListener("change", show);
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(json.textContent);
    copied.textContent = word("copied");
  } catch {
    copied.textContent = word("copy_failed");
  }
});
