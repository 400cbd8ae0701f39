// Makes the columns of the register sortable, by number where a column holds numbers.
(() => {
  "use strict";
  const SIZES = { K: 1e3, M: 1e6, B: 1e9 };
  const words = new Intl.Collator("en", { numeric: true });

  const number = (text) => {
    const found = /^[^\d−-]*([−-]?[\d,]*\.?\d+)([KMB%])?/.exec(text);
    if (!found) return text.startsWith("never") ? Infinity : NaN;
    const size = found[2] === "%" ? 0.01 : (SIZES[found[2]] ?? 1);
    return Number(found[1].replaceAll(",", "").replace("−", "-")) * size;
  };

  const compared = (one, other) => {
    const [a, b] = [number(one), number(other)];
    if (Number.isNaN(a) || Number.isNaN(b)) return words.compare(one, other);
    return a === b ? 0 : a - b;
  };

  const sort = (table, column) => {
    const heads = [...table.tHead.rows[0].cells];
    const order = heads[column].getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", order);
    const text = (row) => row.cells[column].textContent.trim();
    const rows = [...table.tBodies[0].rows].sort((a, b) => compared(text(a), text(b)));
    table.tBodies[0].append(...(order === "ascending" ? rows : rows.reverse()));
  };

  for (const table of document.querySelectorAll("table.register")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent.trim();
      button.addEventListener("click", () => sort(table, column));
      head.replaceChildren(button);
    });
  }
})();
