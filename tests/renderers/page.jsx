/* Shows messages, modals and cards, and says what can be read and what is cut off. */
import { AdaptiveCard, CardElement, HostConfig, SerializationContext } from "adaptivecards";
import cardStyle from "adaptivecards/dist/adaptivecards.css";
import markdownIt from "markdown-it";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { Message } from "slack-blocks-to-jsx";
import slackStyle from "slack-blocks-to-jsx/dist/style.css";
import { host } from "./host.js";
import pageStyle from "./page.css";

const LOGO = "data:image/svg+xml," + encodeURIComponent(
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 36 36'><rect width='36' height='36' rx='8' fill='#1d5c63'/>" +
  "<text x='18' y='25' font-size='20' font-family='sans-serif' text-anchor='middle' fill='#fff'>L</text></svg>");

const sent = [];

/* Teams reads markdown in cards. How much of it differs by client, so here it is all that there is, with html and bare addresses. */
const markdown = markdownIt({ html: true, linkify: true });
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

function emptyStage(name) {
  document.head.innerHTML = "";
  const style = document.createElement("style");
  style.textContent = cardStyle + slackStyle + pageStyle;
  document.head.append(style);
  document.body.innerHTML = "";
  const stage = document.createElement("main");
  stage.id = "stage";
  stage.className = name;
  document.body.append(stage);
  sent.length = 0;
  return stage;
}

/* slack-blocks-to-jsx reads plain_text as markup, which Slack does not: it gets a bare word instead, and we put the text there. */
function render(stage, json, draw) {
  const texts = [];
  const bare = JSON.parse(JSON.stringify(json), (_, value) => {
    if (value?.type === "plain_text") return { ...value, text: `PlainText${texts.push(value.text) - 1}x` };
    // It does not show what was chosen already in a list: that goes in the place of its own "Pick an option".
    return value?.initial_option && value.type === "static_select" ? { ...value, placeholder: value.initial_option.text } : value;
  });
  flushSync(() => createRoot(stage).render(draw(bare)));
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const data = node.data.replace(/PlainText(\d+)x/g, (_, number) => texts[number]);
    if (data === node.data) continue;
    node.data = data;
    node.parentElement.style.whiteSpace = "pre-wrap";
  }
}

window.showMessages = (messages) => {
  render(emptyStage("slack"), messages, (bare) => bare.map((message, number) => (
    <Message key={number} blocks={message.blocks} name="Lobby" logo={LOGO} theme="light" time={new Date(2026, 10, 23, 7, 30)} />
  )));
};

window.showHome = (blocks) => {
  render(emptyStage("home"), blocks, (bare) => <Message blocks={bare} name="" logo={LOGO} theme="light" withoutWrapper />);
};

window.showView = (view) => {
  render(emptyStage("modal"), view, (bare) => <>
    <h1>{bare.title.text}</h1>
    <Message blocks={bare.blocks} name="" logo={LOGO} theme="light" withoutWrapper />
    <footer><button>{bare.close.text}</button><button className="send">{bare.submit.text}</button></footer>
  </>);
};

/** Shows the cards, as wide as asked; returns what the official parser has to say against them. */
window.showCards = ({ cards, width = 400 }) => {
  const stage = emptyStage("teams");
  stage.style.width = `${width}px`;
  const events = [];
  for (const json of cards) {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(host);
    card.onExecuteAction = (action) => sent.push({ type: action.getJsonTypeName(), verb: action.verb, url: action.url, data: action.data });
    const context = new SerializationContext();
    // The renderer's pattern for "lang" remembers where it stopped, so that it refuses every second card.
    CardElement.langProperty.regEx.lastIndex = 0;
    card.parse(json, context);
    for (let number = 0; number < context.eventCount; number++) events.push(context.getEventAt(number).message);
    for (const { message } of card.validateProperties().validationEvents) events.push(message);
    const frame = document.createElement("article");
    frame.append(card.render());
    stage.append(frame);
    for (const input of card.getAllInputs()) input.renderedInputControlElement.dataset.field = input.id;
  }
  return events;
};

/** What buttons have sent since the cards were shown. */
window.sent = () => sent;

/** What a reader can see, with what is in boxes and what pictures say in its place; and what stands on the buttons. */
window.shown = () => {
  const stage = document.getElementById("stage");
  const all = (selector) => [...stage.querySelectorAll(selector)];
  const buttons = all("button, a[role=button], .ac-pushButton").map((button) => button.innerText);
  const said = [
    ...all("input:not([type=checkbox]):not([type=radio]), textarea").map((box) => [box, box.value]),
    ...all("img").map((picture) => [picture, picture.alt]),
  ].map(([element, words]) => {
    const note = document.createElement("span");
    note.textContent = words;
    element.after(note);
    return note;
  });
  const text = stage.innerText;
  said.forEach((note) => note.remove());
  return { text, buttons };
};

/** Elements whose content does not fit them, or that stick out of the stage. */
window.clipped = () => {
  const stage = document.getElementById("stage");
  const edge = stage.getBoundingClientRect();
  return [...stage.querySelectorAll("*")].filter((element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    // A list of Slack's draws its arrow half outside itself.
    if (element.closest("select, svg") || element.querySelector(":scope > #static_select_dropdown_button") || box.width <= 1 || style.visibility === "hidden") return false;
    if (box.right > edge.right + 1 || box.left < edge.left - 1) return true;
    // A box to type in scrolls by itself.
    if (style.display === "inline" || element.matches("textarea, input")) return false;
    return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
  }).map((element) => `${element.tagName}.${element.className} ${element.innerText.slice(0, 60)}`);
};
