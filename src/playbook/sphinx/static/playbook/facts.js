// A tip for each computed number: what it is, how it is computed, from which inputs. Without this, its link is enough.
(() => {
  "use strict";
  const stored = document.getElementById("playbook-tips");
  if (!stored) return;
  const { facts, inputs } = JSON.parse(stored.textContent);
  const LATER = 250;
  const SOON = 120;
  let link = null;
  let timer = 0;
  let touched = false;

  const tip = document.createElement("div");
  tip.id = "playbook-tip";
  tip.className = "fact-tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  (document.getElementById("main-content") ?? document.body).append(tip);

  const made = (name, text, kind) => {
    const element = document.createElement(name);
    element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };

  const factOf = (target) => {
    const found = target instanceof Element ? target.closest("a.fact") : null;
    return found && Object.hasOwn(facts, found.hash.slice(1)) ? found : null;
  };

  const fill = ([summary, unit, formula, paths, reads]) => {
    const parts = [made("p", summary, "fact-tip-summary"), made("p", unit, "fact-tip-unit")];
    if (formula) parts.push(made("code", formula, "fact-tip-formula"));
    const list = document.createElement("dl");
    for (const path of paths) {
      const [value, kind, source, date] = inputs[path];
      list.append(made("dt", path), made("dd", value), made("dd", `${kind}, ${source}, ${date}`, "fact-tip-source"));
    }
    if (paths.length) parts.push(list);
    const rest = reads - paths.length;
    const more = paths.length ? `and ${rest} more, in the register` : `reads ${rest} assumptions, in the register`;
    if (rest > 0) parts.push(made("p", more, "fact-tip-rest"));
    tip.replaceChildren(...parts);
  };

  const place = () => {
    const box = link.getClientRects()[0];
    const around = tip.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = box.bottom + tip.offsetHeight + 8 < innerHeight || box.top < tip.offsetHeight + 8;
    const top = below ? box.bottom + 6 : box.top - tip.offsetHeight - 6;
    tip.style.left = `${left - around.left}px`;
    tip.style.top = `${top - around.top}px`;
  };

  const close = () => {
    clearTimeout(timer);
    tip.hidden = true;
    link?.removeAttribute("aria-describedby");
    link = null;
  };

  const open = (found) => {
    clearTimeout(timer);
    if (link === found) return;
    close();
    link = found;
    fill(facts[link.hash.slice(1)]);
    link.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place();
  };

  const after = (wait, what) => {
    clearTimeout(timer);
    timer = setTimeout(what, wait);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (tip.contains(event.target)) return clearTimeout(timer);
    const found = factOf(event.target);
    if (found) after(SOON, () => open(found));
    else if (link !== document.activeElement) after(LATER, close);
  });
  document.addEventListener("focusin", (event) => {
    const found = factOf(event.target);
    if (found?.matches(":focus-visible")) open(found);
  });
  document.addEventListener("focusout", (event) => {
    if (link && event.target === link) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && link) close();
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (link && !tip.contains(event.target) && factOf(event.target) !== link) close();
  });
  // A finger cannot hover: the first touch opens the tip, the second follows the link.
  document.addEventListener("click", (event) => {
    const found = factOf(event.target);
    if (!found || !touched || link === found) return;
    event.preventDefault();
    open(found);
  });
  addEventListener("resize", close);
})();
