/* What a page must not have, for a person who sees badly, hears it read out, or presses with a thumb. */
(() => {
  const visible = (el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const every = (what) => [...document.querySelectorAll(what)].filter(visible);
  const brief = (el) => el.outerHTML.slice(0, 100);

  const parse = (colour) => {
    const numbers = colour.match(/[\d.]+/g).map(Number);
    return numbers.length < 4 ? [...numbers, 1] : numbers;
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = colour.map((value) => linear(value / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (el) => {
    const under = el.parentElement ? behind(el.parentElement) : [255, 255, 255];
    return over(parse(getComputedStyle(el).backgroundColor), under);
  };
  const ratio = (el) => {
    const under = behind(el);
    const hint = el.placeholder && !el.value ? "::placeholder" : null;
    const [most, least] = [light(over(parse(getComputedStyle(el, hint).color), under)), light(under)].sort((a, b) => b - a);
    return (most + 0.05) / (least + 0.05);
  };
  const hasText = (el) => el.placeholder || el.value || [...el.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const contrast = () => every("body *")
    .filter((el) => hasText(el) && !el.closest(".unseen, .skip, noscript, option"))
    .filter((el) => ratio(el) < (parseFloat(getComputedStyle(el).fontSize) >= 24 ? 3 : 4.5))
    .map((el) => `${ratio(el).toFixed(2)} ${brief(el)}`);

  const text = (node) => {
    if (node.nodeType !== 1) return node.data ?? "";
    if (node.ariaHidden === "true") return "";
    return node.alt ?? [...node.childNodes].map(text).join("");
  };
  const pointed = (el) => (el.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id));
  const named = (el) => [
    el.getAttribute("aria-label"),
    ...pointed(el).map((other) => other && text(other)),
    ...[...(el.labels ?? [])].map(text),
    el.matches("button, a") ? text(el) : null,
    el.matches("fieldset") ? text(el.querySelector("legend")) : null,
  ].some((name) => name?.trim());
  const names = () => {
    const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
    return [
      ...every("button, a, input, select, textarea, dialog, fieldset, nav, [role=log], [role=group]").filter((el) => !named(el)).map(brief),
      ...every("img:not([alt])").map(brief),
      ...ids.filter((id, at) => ids.indexOf(id) !== at),
    ];
  };

  const targets = () => every("button, a, select, textarea, input[type=checkbox], .people label")
    .filter((el) => !el.matches(".skip"))
    .map((el) => el.matches("input") ? el.closest("label") : el)
    .filter((el) => Math.min(el.getBoundingClientRect().width, el.getBoundingClientRect().height) < 24)
    .map(brief);

  const width = () => [document.documentElement, document.getElementById("log"), ...every("dialog")]
    .filter((el) => el.scrollWidth > el.clientWidth).map(brief);

  return { contrast: contrast(), names: names(), targets: targets(), width: width() };
})()
