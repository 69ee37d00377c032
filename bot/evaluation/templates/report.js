"use strict";
// The list of questions: filter, order, one page at a time. Words are only ever put in as text.
(() => {
  const { questions, outcomes } = JSON.parse(document.getElementById("data").textContent);
  const PAGE_SIZE = 50;
  const BAD_FIRST = Object.keys(outcomes).reverse();
  const WRONG = new Set(["error", "should_have_refused", "wrong_words"]);
  const CHANGES = { lost: "right → wrong", gained: "wrong → right" };
  const [GOLD, ANSWER] = [1, 2];
  const byId = (id) => document.getElementById(id);
  const field = Object.fromEntries(
    ["text", "outcome", "word", "tag", "article", "change", "sort"].map((name) => [name, byId(`f-${name}`)]));
  let shown = [];
  let page = 0;
  let target = null;

  // What is wrong comes before what is half right, and among the wrong the surest first.
  const badness = (q) => [WRONG.has(q.outcome) ? 0 : BAD_FIRST.indexOf(q.outcome), q.f1, -(q.score ?? -1e9), q.place];
  const worse = (a, b) => {
    const differs = a.badness.findIndex((value, i) => value !== b.badness[i]);
    return differs < 0 ? 0 : a.badness[differs] - b.badness[differs];
  };
  const ORDERS = {
    worst: worse,
    best: (a, b) => worse(b, a),
    asked: (a, b) => a.place - b.place,
    score: (a, b) => (b.score ?? -1e9) - (a.score ?? -1e9),
    slow: (a, b) => b.ms[2] - a.ms[2],
  };

  function element(name, { text, ...attributes } = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    made.append(...children.filter((child) => child !== null));
    return made;
  }

  const words = (text) => element("bdi", { text });

  function alternatives(texts) {
    return texts.flatMap((text, i) => (i ? [element("span", { class: "or", text: " or " }), words(text)] : [words(text)]));
  }

  function goldOf(q) {
    if (!q.gold.length) return [element("span", { class: "says-nothing", text: "The article does not say." })];
    if (!q.values) return alternatives(q.gold);
    return q.values.flatMap((value, i) => [...(i ? [element("span", { class: "or", text: "; and " })] : []), ...alternatives(value)]);
  }

  function answerOf(q) {
    if (q.error !== undefined) return [element("span", { class: "warning", text: "Error: " }), words(q.error)];
    if (q.answer === null) return [element("span", { class: "says-nothing", text: "The article does not say." })];
    return [words(q.answer)];
  }

  // What the bot found is one mark, with what is gold as marks inside it.
  function marked(pieces) {
    const nodes = [];
    let around = null;
    for (const [text, kind] of pieces) {
      const found = kind & ~GOLD;
      if (found && around?.kind !== found) {
        around = { kind: found, mark: element("mark", { class: found & ANSWER ? "answer" : "closest" }) };
        nodes.push(around.mark);
      }
      if (!found) around = null;
      const node = kind & GOLD ? element("mark", { class: "gold", text }) : text;
      if (around) around.mark.append(node); else nodes.push(node);
    }
    return nodes;
  }

  function quote({ paragraph, pieces }) {
    const place = paragraph === null ? "" : paragraph === 0 ? "header" : `¶ ${paragraph}`;
    return element("blockquote", { dir: "auto" }, element("span", { class: "place", dir: "ltr", text: place }), ...marked(pieces));
  }

  function facts(q) {
    const [retrieve, read, total] = q.ms;
    const all = [q.score === null ? null : `score ${q.score.toFixed(3)}`,
      `retrieve ${retrieve} ms`, `read ${read} ms`, `in all ${total} ms`,
      `question word: ${q.word}`, q.tags.length ? `tags: ${q.tags.join(", ")}` : null];
    if ("rank" in q) all.unshift(q.rank === null ? `right paragraph not among ${q.depth}` : `right paragraph ranked ${q.rank} of ${q.depth}`);
    if (q.article !== undefined) all.push(q.article);
    return element("p", { class: "more-facts" }, ...all.filter((one) => one !== null).map((text) => element("span", {}, words(text))));
  }

  const anchor = (id) => `#q-${encodeURIComponent(id)}`;

  function item(q) {
    return element("li", { id: `q-${q.id}`, tabindex: "-1", class: q === target ? "target" : "" },
      element("div", { class: "top" },
        element("span", { class: "outcome" }, element("span", { class: `swatch back-${q.outcome}`, "aria-hidden": "true" }), outcomes[q.outcome]),
        q.outcome === "error" ? null : element("span", { text: `F1 ${q.f1.toFixed(2)}` }),
        q.change ? element("span", { text: CHANGES[q.change] }) : null,
        q.not_verbatim ? element("span", { class: "warning", text: "quote differs from the article" }) : null,
        element("a", { class: "end", href: anchor(q.id), title: "Link to this question" }, words(q.id))),
      element("h3", { dir: "auto", text: q.question }),
      element("dl", {},
        element("dt", { text: "Answer" }), element("dd", { dir: "auto" }, ...answerOf(q)),
        element("dt", { text: "Gold" }), element("dd", { dir: "auto" }, ...goldOf(q))),
      ...q.quotes.map(quote), facts(q));
  }

  function searched(q) {
    q.haystack ??= [q.id, q.question, q.answer, q.error, ...q.gold, ...q.quotes.map((one) => one.pieces.map(([text]) => text).join(""))]
      .join("\n").toLowerCase();
    return q.haystack;
  }

  function matching() {
    const needles = field.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const same = (name, value) => !field[name].value || field[name].value === value;
    return questions.filter((q) => same("outcome", q.outcome) && same("word", q.word) && same("article", q.article)
      && same("change", q.change) && (!field.tag.value || q.tags.includes(field.tag.value))
      && needles.every((needle) => searched(q).includes(needle)));
  }

  function render() {
    const first = page * PAGE_SIZE;
    const rows = shown.slice(first, first + PAGE_SIZE);
    const several = shown.length > PAGE_SIZE;
    byId("list").replaceChildren(...(rows.length ? rows.map(item) : [element("li", { class: "empty", text: "No question fits this filter." })]));
    byId("list").setAttribute("start", String(first + 1));
    const total = questions.length.toLocaleString("en");
    byId("count").textContent = shown.length === questions.length ? `${total} questions` : `${shown.length.toLocaleString("en")} of ${total} questions`;
    byId("pager").hidden = !several;
    byId("page").textContent = `${first + 1}–${first + rows.length} of ${shown.length.toLocaleString("en")}`;
    byId("previous").disabled = page === 0;
    byId("next").disabled = first + PAGE_SIZE >= shown.length;
  }

  function update() {
    shown = matching().sort(ORDERS[field.sort.value]);
    page = 0;
    render();
  }

  function turn(step) {
    page += step;
    render();
    byId("questions").scrollIntoView();
    byId("questions").focus({ preventScroll: true });
  }

  // `#q-` and a question's id leads to it, on whichever page it is.
  function follow() {
    if (!location.hash.startsWith("#q-")) return;
    let id;
    try { id = decodeURIComponent(location.hash.slice(3)); } catch { return; }
    target = questions.find((q) => q.id === id) ?? null;
    if (target === null) return;
    if (!shown.includes(target)) { byId("filter").reset(); update(); }
    page = Math.floor(shown.indexOf(target) / PAGE_SIZE);
    render();
    const row = byId(`q-${id}`);
    row.scrollIntoView();
    row.focus({ preventScroll: true });
  }

  function fill(name, values, all, named = {}) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const known = Object.keys(named).filter((value) => counts.has(value));
    const listed = known.length ? known : [...counts.keys()].sort();
    field[name].replaceChildren(element("option", { value: "", text: all }),
      ...listed.map((value) => element("option", { value, text: `${named[value] ?? value} (${counts.get(value)})` })));
    return listed.length;
  }

  questions.forEach((q, place) => { q.place = place; q.badness = badness(q); });
  fill("outcome", questions.map((q) => q.outcome), "all", outcomes);
  fill("word", questions.map((q) => q.word), "all");
  field.tag.parentElement.hidden = !fill("tag", questions.flatMap((q) => q.tags), "all");
  field.article.parentElement.hidden = !fill("article", questions.flatMap((q) => q.article ?? []), "all");
  field.change.parentElement.hidden = !fill("change", questions.flatMap((q) => q.change ?? []), "all", CHANGES);

  const form = byId("filter");
  form.hidden = false;
  byId("legend").hidden = false;
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => { form.reset(); update(); });
  byId("previous").addEventListener("click", () => turn(-1));
  byId("next").addEventListener("click", () => turn(1));
  for (const name of ["outcome", "change"]) {
    for (const link of document.querySelectorAll(`a[data-${name}]`)) {
      link.addEventListener("click", () => { form.reset(); field[name].value = link.dataset[name]; update(); });
    }
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("beforeprint", () => document.querySelectorAll(".facts, .more").forEach((one) => { one.open = true; }));
  update();
  follow();
})();
