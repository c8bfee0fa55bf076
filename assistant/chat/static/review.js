// The operators' room: opinions are reviewed one by one, dropped, or made cases. A draft lives in this
// page until it is saved; nothing is stored in the browser.
import { closeSource } from "./reader.js";
import { announce, byId, words } from "./tell.js";

const drafts = new Map(); // of the opinions opened and left for later, by id
let order = []; // the opinions that wait, as last listed

const room = () => byId("review");
const open = () => document.querySelector("#review .case")?.dataset.feedback ?? "";

async function ask(step, body = {}, problem = open() ? "case-problem" : "review-problem") {
  room().setAttribute("aria-busy", "true");
  byId(problem).textContent = "";
  let response = null;
  try {
    response = await fetch(`/operator/review/${step}`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-operator": encodeURIComponent(byId("review-word").value) },
      body: JSON.stringify({ author: byId("review-author").value, ...body }),
    });
    if (response.ok) return response;
  } catch { /* told below */ } finally {
    room().removeAttribute("aria-busy");
  }
  if (response?.status === 403) {
    byId("review-form").hidden = false;
    byId("review-word").focus();
    problem = "review-problem";
  }
  byId(problem).textContent = await words(response);
  byId(problem).scrollIntoView({ block: "nearest" });
  return null;
}

async function showList(step, body, focused = "") {
  const response = await ask(step, body);
  if (!response) return;
  const [before, current] = [order, open()];
  room().innerHTML = await response.text();
  closeMarking();
  byId("review-form").hidden = true;
  order = [...room().querySelectorAll("[data-review]")].map((button) => button.dataset.review);
  const after = before.slice(before.indexOf(current) + 1);
  const next = [focused, ...(current ? [current, ...after] : []), order[0]].find((id) => order.includes(id));
  (next ? byReview(next) : room().querySelector(".count")).focus();
  const told = room().querySelector(".told")?.firstChild.textContent ?? "";
  announce(`${told} ${room().querySelector(".count").textContent}`.trim());
}

const byReview = (id) => room().querySelector(`[data-review="${CSS.escape(id)}"]`);

async function openCase(id) {
  const draft = drafts.get(id);
  const response = await ask("open", draft ? { id, draft } : { id });
  if (!response) return;
  room().innerHTML = await response.text();
  byId("case-title").focus();
  byId("case-title").scrollIntoView({ block: "center" });
  prepareMarking();
  await Promise.all([search(), advise()]);
}

function draft() {
  const { question, kind, answer, notes, facts, history, unanswerable } = byId("case-form").elements;
  const lines = (field) => field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const proofs = [...byId("proofs").children].map(({ dataset: { source, quote, begin, end } }) => ({ source, quote, begin, end }));
  return {
    question: question.value, kind: kind.value, answer: answer.value, notes: notes.value,
    facts: lines(facts), history: lines(history), answerable: !unanswerable.checked, proofs,
  };
}

async function search() {
  const response = await ask("search", { words: byId("review-query").value, draft: draft() });
  if (response && byId("review-found")) byId("review-found").innerHTML = await response.text();
}

async function advise() {
  const id = open();
  const response = await ask("advise", { id, draft: draft() });
  if (response && open() === id) byId("review-advice").innerHTML = await response.text();
}

async function mark(body, problem) {
  const response = await ask("mark", body, problem);
  if (!response) return false;
  const made = document.createElement("template");
  made.innerHTML = await response.text();
  const fresh = made.content.firstElementChild;
  for (const same of [...byId("proofs").children]) if (same.isEqualNode(fresh)) same.remove();
  byId("proofs").append(fresh);
  byId("case-form").elements.unanswerable.checked = false;
  announce(`Preuve marquée\u00a0: ${fresh.firstElementChild.textContent}`);
  await advise();
  return true;
}

async function neutral() {
  const response = await ask("neutral", { id: open(), draft: draft() });
  if (!response) return;
  const plain = await response.json();
  const fields = byId("case-form").elements;
  for (const name of ["question", "answer", "notes"]) fields[name].value = plain[name];
  for (const name of ["facts", "history"]) fields[name].value = plain[name].join("\n");
  fields.question.focus();
  await advise();
}

async function download(button) {
  const response = await ask("cases");
  if (!response) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = button.dataset.cases;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function unmark(button) {
  button.closest("li").remove();
  byId("case-question").focus();
  announce("Preuve retirée.");
  advise();
}

// The form that marks words stands in the source panel, for pages opened from a case.
function prepareMarking() {
  if (!byId("mark-form")) byId("source").append(byId("mark-template").content.cloneNode(true));
}

function closeMarking() {
  if (byId("mark-form")) byId("mark-form").hidden = true;
}

function selectedWords() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed || byId("mark-form")?.hidden !== false) return "";
  const range = selection.getRangeAt(0).cloneRange();
  const page = document.querySelector("#source .reading");
  if (!page?.contains(range.startContainer) && !page?.contains(range.endContainer)) return "";
  // a paragraph taken whole ends at the start of what follows, which may be no text of the page
  if (!page.contains(range.startContainer)) range.setStart(page, 0);
  if (!page.contains(range.endContainer)) range.setEnd(page, page.childNodes.length);
  const copy = range.cloneContents();
  for (const block of copy.querySelectorAll("p, li, h3, div")) block.append(" ");
  return copy.textContent.replace(/\s+/g, " ").trim();
}

const acts = [
  ["[data-review]", (button) => openCase(button.dataset.review)],
  ["[data-review-back]", () => { drafts.set(open(), draft()); showList("list"); }],
  ["[data-drop]", () => { drafts.set(open(), draft()); showList("drop", { id: open() }); }],
  ["[data-restore]", (button) => showList("restore", { id: button.dataset.restore }, button.dataset.restore)],
  ["[data-mark]", (button) => mark({ document: button.dataset.mark, span: button.dataset.span })],
  ["[data-unmark]", unmark],
  ["[data-neutral]", neutral],
  ["[data-cases]", download],
];

const forms = {
  "review-form": () => showList("list"),
  "review-search": search,
  "case-form": () => showList("save", { id: open(), draft: draft() }),
  "mark-form": async () => {
    const page = document.querySelector("#source .page-turn")?.dataset.document ?? "";
    if (await mark({ document: page, words: byId("mark-words").value }, "mark-problem")) closeSource();
  },
};

document.addEventListener("click", (event) => {
  const source = event.target.closest?.("[data-read]");
  if (source && !source.closest("#source") && byId("mark-form")) {
    byId("mark-form").hidden = !source.closest("#review .case");
    byId("mark-words").value = byId("mark-problem").textContent = "";
  }
  for (const [selector, act] of acts) {
    const button = event.target.closest?.(`:is(#review, #mark-form) ${selector}`);
    if (button) return void act(button);
  }
});
document.addEventListener("submit", (event) => forms[event.target.id]?.());
document.addEventListener("change", (event) => { if (event.target.closest("#case-form")) advise(); });
document.addEventListener("selectionchange", () => {
  const chosen = selectedWords();
  if (chosen) byId("mark-words").value = chosen;
});
